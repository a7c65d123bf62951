package dev.latchkey.adapters.web.http;

/** The OAuth 2.0 clients of all nodes under test, one of each kind beside the built-in one. */
public final class TestClients {

  /** Of both confidential clients; not made of letters alone, so that its encoding matters. */
  public static final String SECRET = "partner secret: 100% random & long enough";

  static final String HASH =
      "sha256:1281ecde92e450a70cf27a3d795f6620dae38e1254285e5087f9e37d31174919";

  /** For {@code latchkey.clients}: a public one, a confidential one, and a resource server. */
  static final String SETTING = "phone, partner " + HASH + ", orders " + HASH + " introspect";

  private TestClients() {}
}
