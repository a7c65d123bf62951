package dev.latchkey.acceptance.load;

/** Addresses that callers claim to have, behind the one proxy that a node of a load trusts. */
final class Networks {

  /** Where the honest ones are; known to their accounts. */
  static final String HOME = "192.0.2.1";

  private Networks() {}

  /** Where a known device is, in networks that its account does not know. */
  static String abroad(int number) {
    return "203.0.%d.%d".formatted(113 + (number >> 8), number & 255);
  }

  /** One of those that nobody knows (RFC 2544, appendix C.2.2), each a network of its own. */
  static String stranger(int number) {
    return "198.%d.%d.%d".formatted(18 + (number >> 16 & 1), number >> 8 & 255, number & 255);
  }
}
