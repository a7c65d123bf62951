package dev.latchkey.adapters.web.connection;

import io.netty.channel.Channel;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connections of the service, no more than a limit. A new one above it takes the place of the
 * one that waits longest for its client; if none waits, the new one is closed. So those that do
 * nothing give way to those that come.
 */
final class OpenConnections {

  private final int limit;
  private final Set<Channel> open = new HashSet<>();

  /** Those that wait for their client, the longest first. */
  private final Set<Channel> waiting = new LinkedHashSet<>();

  OpenConnections(int limit) {
    this.limit = limit;
  }

  void opened(Channel connection) {
    Channel surplus = add(connection);
    var _ = connection.closeFuture().addListener(_ -> remove(connection));
    if (surplus != null) {
      var _ = surplus.close();
    }
  }

  /** Returns the connection to close for it, if any. */
  private synchronized @Nullable Channel add(Channel connection) {
    if (open.size() >= limit && waiting.isEmpty()) {
      return connection;
    }
    Channel surplus = open.size() >= limit ? waiting.iterator().next() : null;
    if (surplus != null) {
      remove(surplus);
    }
    open.add(connection);
    waiting.add(connection);
    return surplus;
  }

  private synchronized void remove(Channel connection) {
    open.remove(connection);
    waiting.remove(connection);
  }

  /** The client waits for the service. */
  synchronized void serves(Channel connection) {
    waiting.remove(connection);
  }

  /** The service waits for the client. */
  synchronized void waits(Channel connection) {
    if (open.contains(connection)) {
      waiting.add(connection);
    }
  }
}
