package dev.latchkey.adapters.web.client;

import dev.latchkey.adapters.web.request.FormEncoding;
import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.client.ClientSecret;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a client sends by {@code client_secret_basic}. */
record BasicCredentials(ClientId clientId, ClientSecret secret) {

  private static final Pattern HEADER =
      Pattern.compile("(?i:Basic) +(?<token>[A-Za-z0-9+/]+={0,2})");

  static boolean isBasic(String authorization) {
    return authorization.regionMatches(true, 0, "Basic", 0, 5);
  }

  /**
   * Reads the header {@code Authorization}: Base64 over id, colon and secret (RFC 7617 §2), each of
   * both encoded like a form before (RFC 6749 §2.3.1). The Base64 has its padding, and no bits set
   * that are not used.
   *
   * @return nothing if it is anything else
   */
  static Optional<BasicCredentials> parse(String authorization) {
    Matcher header = HEADER.matcher(authorization.strip());
    if (!header.matches()) {
      return Optional.empty();
    }
    try {
      String token = header.group("token");
      byte[] bytes = Base64.getDecoder().decode(token);
      String pair = FormEncoding.utf8(bytes);
      int colon = pair.indexOf(':');
      if (colon < 0 || !Base64.getEncoder().encodeToString(bytes).equals(token)) {
        return Optional.empty();
      }
      String id = FormEncoding.decode(pair.substring(0, colon));
      String secret = FormEncoding.decode(pair.substring(colon + 1));
      return Optional.of(new BasicCredentials(ClientId.of(id), new ClientSecret(secret)));
    } catch (CharacterCodingException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
