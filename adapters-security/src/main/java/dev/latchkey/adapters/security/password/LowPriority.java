package dev.latchkey.adapters.security.password;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.System.Logger.Level;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/**
 * Lets a thread compute with what the others leave over. On Linux the JVM ignores {@link
 * Thread#setPriority} unless it is started for that, so the thread asks the system itself.
 */
final class LowPriority {

  /**
   * A tenth of the share of a thread of normal priority that wants the processor at the same time:
   * enough for log-ins to go on under a load of exchanges, too little to keep those waiting.
   */
  private static final int NICE = 10;

  /**
   * {@code PRIO_PROCESS}; on Linux, {@code setpriority} for the process 0 concerns the calling
   * thread alone.
   */
  private static final int PROCESS = 0;

  private static final System.Logger LOG = System.getLogger(LowPriority.class.getName());
  private static final boolean LINUX = System.getProperty("os.name").equals("Linux");
  private static final ThreadLocal<Boolean> TAKEN = ThreadLocal.withInitial(LowPriority::lower);

  private LowPriority() {}

  /** Gives the calling thread low priority, if it has not got that yet and the system allows it. */
  static void take() {
    var _ = TAKEN.get();
  }

  @SuppressWarnings({
    "restricted",
    "ThreadPriorityCheck"
  }) // a call of the system, to lower the priority
  private static boolean lower() {
    Thread.currentThread().setPriority(Thread.MIN_PRIORITY);
    if (!LINUX) {
      return true;
    }
    try {
      Linker linker = Linker.nativeLinker();
      MethodHandle setpriority =
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("setpriority"),
              FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
      return (int) setpriority.invokeExact(PROCESS, 0, NICE) == 0;
    } catch (Throwable e) { // as a method handle declares it
      LOG.log(Level.DEBUG, "Passwords are hashed with normal priority", e);
      return false;
    }
  }
}
