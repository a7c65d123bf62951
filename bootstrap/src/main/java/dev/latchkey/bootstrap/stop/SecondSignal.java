package dev.latchkey.bootstrap.stop;

import java.lang.reflect.Proxy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A second Ctrl-C or SIGTERM, while the service stops: whoever asks again does not want to wait.
 * The JVM passes over it, unless somebody listens.
 */
final class SecondSignal implements AutoCloseable {

  private static final List<String> NAMES = List.of("INT", "TERM");

  private @Nullable Thread patient;

  private SecondSignal(Thread patient) {
    this.patient = patient;
  }

  /**
   * Lets it interrupt this thread, until this is closed. Does nothing where signals cannot be
   * listened to, say with {@code -Xrs}; then nobody can ask again.
   */
  static SecondSignal interruptingThisThread() {
    var second = new SecondSignal(Thread.currentThread());
    try {
      second.listen();
    } catch (ReflectiveOperationException _) {
      // A stop without a second signal takes as long as it may.
    }
    return second;
  }

  /** By reflection: this is the only class for it, and the compiler warns of it. */
  private void listen() throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    Object listener =
        Proxy.newProxyInstance(
            handler.getClassLoader(),
            new Class<?>[] {handler},
            (_, _, _) -> {
              interrupt();
              return null;
            });
    for (String name : NAMES) {
      Object one = signal.getConstructor(String.class).newInstance(name);
      var _ = signal.getMethod("handle", signal, handler).invoke(null, one, listener);
    }
  }

  private synchronized void interrupt() {
    if (patient != null) {
      patient.interrupt();
    }
  }

  /** What comes after is not cut, however often somebody asks: a database is being closed. */
  @Override
  public synchronized void close() {
    patient = null;
    var _ = Thread.interrupted();
  }
}
