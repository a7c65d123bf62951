package dev.latchkey.adapters.web.connection;

import jakarta.inject.Singleton;

/** For those who run the service: what its connections do, at all ports together. */
@Singleton
public final class ConnectionWatch {

  private final OpenConnections connections;

  ConnectionWatch(OpenConnections connections) {
    this.connections = connections;
  }

  public ConnectionCounts counts() {
    return connections.counts();
  }
}
