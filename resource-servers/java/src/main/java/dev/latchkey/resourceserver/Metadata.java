package dev.latchkey.resourceserver;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where things are at an issuer, by its own metadata (RFC 8414). It is read whenever it is needed.
 */
final class Metadata {

  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final int MOST_BYTES = 256 * 1024;

  private final Http http;
  private final String issuer;
  private final URI address;
  private final @Nullable URI jwks;
  private final @Nullable URI endedSessions;

  /**
   * @param jwks the address of the keys if the metadata need not be asked for it
   * @param endedSessions the same for the feed of ended sessions
   */
  Metadata(Http http, String issuer, @Nullable URI jwks, @Nullable URI endedSessions) {
    this.http = http;
    this.issuer = issuer;
    this.address = address(issuer);
    this.jwks = jwks;
    this.endedSessions = endedSessions;
  }

  /** The well-known part comes between the host and the path of the issuer (RFC 8414 §3.1). */
  private static URI address(String issuer) {
    URI uri = URI.create(issuer);
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    return uri.resolve(
        "/.well-known/oauth-authorization-server"
            + (path.endsWith("/") ? path.substring(0, path.length() - 1) : path));
  }

  /**
   * @throws IOException if it cannot be read, or does not say so
   */
  URI jwks() throws IOException, InterruptedException {
    return jwks != null ? jwks : read("jwks_uri");
  }

  /**
   * @throws IOException if it cannot be read, or does not say so
   */
  URI endedSessions() throws IOException, InterruptedException {
    return endedSessions != null ? endedSessions : read("ended_sessions_uri");
  }

  private URI read(String name) throws IOException, InterruptedException {
    byte[] document = http.get(address, Map.of(), TIMEOUT, MOST_BYTES);
    try {
      Map<String, Object> members = JSONObjectUtils.parse(new String(document, UTF_8));
      if (!issuer.equals(members.get("issuer"))) { // RFC 8414 §3.3
        throw new IOException(address + " is not the metadata of the issuer " + issuer);
      }
      if (members.get(name) instanceof String text) {
        return new URI(text);
      }
      throw new IOException(address + " has no " + name);
    } catch (ParseException | URISyntaxException e) {
      throw new IOException(address + " cannot be read: " + e.getMessage(), e);
    }
  }
}
