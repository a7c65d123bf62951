package dev.latchkey.acceptance.attack;

import dev.latchkey.adapters.web.http.Node;
import java.util.Map;

/** Two nodes on one database that run for as long as the tests do. */
final class Nodes {

  static final Node FIRST = Node.shared(Map.of());
  static final Node SECOND = Node.start(Map.of());

  private Nodes() {}
}
