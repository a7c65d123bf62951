package dev.latchkey.resourceserver;

import java.net.URI;
import java.util.List;

/** What a decision needs to know of an HTTP request. It contains secrets. */
public final class Call {

  private final String method;
  private final URI address;
  private final List<String> authorization;
  private final List<String> proofs;

  /**
   * @param method of HTTP, say {@code GET}
   * @param address of the request as the caller knows it, that is, in front of all proxies; query
   *     and fragment do not matter
   * @param authorization the values of all headers {@code Authorization}
   * @param proofs the values of all headers {@code DPoP}
   */
  public Call(String method, URI address, List<String> authorization, List<String> proofs) {
    this.method = method;
    this.address = address;
    this.authorization = List.copyOf(authorization);
    this.proofs = List.copyOf(proofs);
  }

  String method() {
    return method;
  }

  URI address() {
    return address;
  }

  List<String> authorization() {
    return authorization;
  }

  List<String> proofs() {
    return proofs;
  }

  @Override
  public String toString() {
    return method + " " + address;
  }
}
