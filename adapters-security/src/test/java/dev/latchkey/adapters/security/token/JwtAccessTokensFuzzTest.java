package dev.latchkey.adapters.security.token;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.adapters.security.Samples;
import dev.latchkey.application.port.out.key.OpenedSigningKey;
import dev.latchkey.application.port.out.session.AccessTokens;
import dev.latchkey.domain.key.SigningAlgorithm;
import dev.latchkey.domain.token.AccessToken;
import dev.latchkey.domain.token.TokenText;
import java.security.SecureRandom;
import java.text.ParseException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * Signs what the fuzzer makes up, as nothing else gets behind the signature: a line with the
 * header, in which {@code KID} stands for the id of the key, and after it the claims. Claims alone
 * get a good header.
 */
final class JwtAccessTokensFuzzTest {

  private static final String ISSUER = "https://login.example.org";
  private static final String AUDIENCE = "https://api.example.org";
  private static final String GOOD_HEADER =
      "{\"typ\":\"at+jwt\",\"alg\":\"ES256\",\"kid\":\"KID\"}";
  private static final int MAX_LENGTH = 8192;

  private final OpenedSigningKey key = Samples.open(Samples.sealedKey(SigningAlgorithm.ES256));
  private final AccessTokens accessTokens =
      new JwtAccessTokens(ISSUER, AUDIENCE, new SecureRandom());

  @FuzzTest
  void whatItReadsIsSignedAndEverybodyReadsTheSame(byte[] input) throws Exception {
    String text = new String(input, ISO_8859_1);
    assertThat(read(text)).as("nobody signed it").isEmpty();

    int line = text.indexOf('\n');
    String header = line < 0 ? GOOD_HEADER : text.substring(0, line);
    String claims = text.substring(line + 1);
    String signed = signed(header.replace("KID", key.id()), claims);
    Optional<AccessToken> token = read(signed);
    if (token.isEmpty()) {
      return;
    }

    assertThat(signed).hasSizeLessThanOrEqualTo(MAX_LENGTH);
    assertHeader(json(header));
    Map<String, Object> members = json(claims);
    assertSame(token.get(), JWTClaimsSet.parse(members));
    if (UTF_8.newEncoder().canEncode(token.get().username().text())) {
      assertThat(read(signed(header.replace("KID", key.id()), latin1(members)))).isEqualTo(token);
      assertThat(read(accessTokens.sign(token.get(), key).reveal())).isEqualTo(token);
    } // else it has half a surrogate pair, which JSON can escape, and which UTF-8 does not have
  }

  private static void assertHeader(Map<String, Object> header) {
    assertThat(header)
        .containsEntry("alg", "ES256")
        .containsEntry("kid", "KID")
        .doesNotContainKeys("crit", "b64");
    assertThat((String) header.get("typ")).matches("(?i)(application/)?at\\+jwt");
  }

  private static void assertSame(AccessToken token, JWTClaimsSet claims) throws ParseException {
    assertThat(claims.getIssuer()).isEqualTo(ISSUER);
    assertThat(claims.getAudience()).contains(AUDIENCE);
    assertThat(claims.getJWTID()).isNotNull();
    assertThat(claims.getSubject()).isEqualTo(token.userId().toString());
    assertThat(claims.getStringClaim("sid")).isEqualTo(token.sessionId().toString());
    assertThat(claims.getStringClaim("client_id")).isEqualTo(token.clientId().text());
    assertThat(claims.getStringClaim("preferred_username")).isEqualTo(token.username().text());
    assertThat(claims.getStringListClaim("roles"))
        .containsAll(token.roles().stream().map(role -> role.text()).toList());
    assertThat(claims.getExpirationTime()).isEqualTo(token.expiresAt());
    assertThat(claims.getIssueTime()).isEqualTo(token.issuedAt());
    assertThat(claims.getDateClaim("auth_time")).isEqualTo(token.authenticatedAt());
  }

  private Optional<AccessToken> read(String text) {
    return accessTokens.read(
        new TokenText(text), id -> Optional.of(key).filter(known -> known.id().equals(id)));
  }

  /**
   * @param header bytes, each as one character
   * @param claims the same
   */
  private String signed(String header, String claims) {
    String content =
        base64(header.getBytes(ISO_8859_1)) + "." + base64(claims.getBytes(ISO_8859_1));
    return content + "." + base64(key.sign(content.getBytes(US_ASCII)));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static Map<String, Object> json(String latin1) throws ParseException {
    return JSONObjectUtils.parse(new String(latin1.getBytes(ISO_8859_1), UTF_8));
  }

  private static String latin1(Map<String, Object> members) {
    return new String(JSONObjectUtils.toJSONString(members).getBytes(UTF_8), ISO_8859_1);
  }
}
