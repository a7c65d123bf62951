package dev.latchkey.adapters.web.correlation;

import java.security.SecureRandom;
import java.util.List;

/**
 * Gives every request its id. A trusted proxy may have given it one already, under which the
 * request is known to whatever else it has passed. Without such a proxy the header is the caller's
 * own claim: somebody could make all their requests look like one, or like somebody else's.
 */
public final class RequestIds {

  private final NewIds ids = new NewIds(new SecureRandom());
  private final boolean behindProxies;

  /**
   * @param behindProxies whether every request passes a proxy that is trusted
   */
  public RequestIds(boolean behindProxies) {
    this.behindProxies = behindProxies;
  }

  /**
   * @param received the values of the header that the request came with
   */
  public String idOf(List<String> received) {
    return behindProxies && RequestId.isWellFormed(received) ? received.getFirst() : ids.next();
  }
}
