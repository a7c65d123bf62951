package dev.latchkey.bootstrap.load;

import dev.latchkey.bootstrap.LatchkeyServer;
import dev.latchkey.embeddedpostgres.ChildJvm;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The service in a process of its own, at the same address each time it is started. */
final class Node implements AutoCloseable {

  private final URI address;
  private final Map<String, String> environment;
  private @Nullable ChildJvm process;
  private boolean closed;

  Node(URI address, Map<String, String> environment) {
    this.address = address;
    this.environment = environment;
  }

  URI address() {
    return address;
  }

  /** Returns when it answers. */
  void start() throws IOException {
    ChildJvm started = launch();
    String line;
    do {
      line = started.readLine();
      if (line.startsWith("Latchkey cannot")) {
        throw new IOException(line);
      }
    } while (!line.contains("Ctrl-C"));
    // Nobody reads its log, but a full pipe would stop it.
    Thread.ofPlatform().daemon().start(started::readToTheEnd);
  }

  private synchronized ChildJvm launch() throws IOException {
    if (closed) {
      throw new IOException("the node was closed");
    }
    ChildJvm started = ChildJvm.running(LatchkeyServer.class, environment);
    process = started;
    return started;
  }

  /** SIGKILL; returns when it has ended. */
  synchronized void kill() {
    if (process != null) {
      process.kill();
    }
  }

  /** Lets it finish what it does; returns when it has ended. */
  synchronized void stop() {
    if (process != null) {
      process.terminate();
    }
  }

  /** Kills it for good. */
  @Override
  public synchronized void close() {
    closed = true;
    kill();
  }
}
