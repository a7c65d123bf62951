package dev.latchkey.adapters.web.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Base64;

/** The OAuth 2.0 clients of all nodes under test, one of each kind beside the built-in one. */
public final class TestClients {

  /** Of both confidential clients; not made of letters alone, so that its encoding matters. */
  public static final String SECRET = "partner secret: 100% random & long enough";

  static final String HASH =
      "sha256:1281ecde92e450a70cf27a3d795f6620dae38e1254285e5087f9e37d31174919";

  /**
   * For {@code latchkey.clients}: a public one, a confidential one, and a resource server; one that
   * is limited to two roles, and one whose sessions must be bound.
   */
  static final String SETTING =
      "phone, partner "
          + HASH
          + ", orders "
          + HASH
          + " introspect, reader roles=user+auditor, vault dpop";

  private TestClients() {}

  /** The header {@code Authorization} of a client that authenticates (RFC 6749 §2.3.1). */
  static String basic(String id, String secret) {
    String pair = URLEncoder.encode(id, UTF_8) + ":" + URLEncoder.encode(secret, UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }
}
