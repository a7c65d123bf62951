package dev.latchkey.adapters.web.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.client.ClientSecret;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
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
   * both encoded like a form before (RFC 6749 §2.3.1).
   *
   * @return nothing if it is anything else
   */
  static Optional<BasicCredentials> parse(String authorization) {
    Matcher header = HEADER.matcher(authorization.strip());
    if (!header.matches()) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(header.group("token"));
      String pair = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      int colon = pair.indexOf(':');
      if (colon < 0) {
        return Optional.empty();
      }
      String id = URLDecoder.decode(pair.substring(0, colon), UTF_8);
      String secret = URLDecoder.decode(pair.substring(colon + 1), UTF_8);
      return Optional.of(new BasicCredentials(new ClientId(id), new ClientSecret(secret)));
    } catch (CharacterCodingException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
