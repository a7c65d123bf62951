package dev.latchkey.adapters.security.token;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.impl.ECDSA;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.latchkey.adapters.security.Samples;
import dev.latchkey.application.port.StorageUnavailableException;
import dev.latchkey.application.port.out.key.OpenedSigningKey;
import dev.latchkey.application.port.out.key.SealedSigningKey;
import dev.latchkey.application.port.out.session.AccessTokens;
import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.key.SigningAlgorithm;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.token.AccessToken;
import dev.latchkey.domain.token.TokenText;
import dev.latchkey.domain.user.Role;
import dev.latchkey.domain.user.UserId;
import dev.latchkey.domain.user.Username;
import dev.latchkey.testkit.AccessTokensContract;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract, and the attacks of RFC 8725. */
final class JwtAccessTokensTest extends AccessTokensContract {

  private static final String ISSUER = "https://login.example.org";
  private static final String AUDIENCE = "https://api.example.org";
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final AccessToken TOKEN =
      new AccessToken(
          new UserId(UUID.fromString("01234567-89ab-4def-8123-456789abcdef")),
          new SessionId(UUID.fromString("fedcba98-7654-4210-8edc-ba9876543210")),
          ClientId.of("latchkey"),
          Username.of("Ada"),
          Set.of(Role.of("user"), Role.of("admin")),
          NOW.minusSeconds(60),
          NOW,
          NOW.plusSeconds(300),
          null);

  private static final List<String> CLAIMS =
      List.of(
          "iss",
          "aud",
          "sub",
          "client_id",
          "iat",
          "exp",
          "jti",
          "sid",
          "auth_time",
          "amr",
          "roles",
          "preferred_username");

  private final SealedSigningKey sealed = Samples.sealedKey(SigningAlgorithm.ES256);
  private final OpenedSigningKey key = Samples.open(sealed);
  private final AccessTokens accessTokens = accessTokens(ISSUER, AUDIENCE);

  @Override
  protected AccessTokens accessTokens() {
    return accessTokens;
  }

  @Override
  protected OpenedSigningKey key() {
    return key;
  }

  private static AccessTokens accessTokens(String issuer, String audience) {
    return new JwtAccessTokens(issuer, audience, new SecureRandom());
  }

  @Test
  void signsTheHeaderAndTheClaimsOfRfc9068AndNoOthers() throws Exception {
    String[] parts = accessTokens.sign(TOKEN, key).reveal().split("\\.", -1);

    assertThat(json(parts[0]))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("typ", "at+jwt", "alg", "ES256", "kid", key.id()));
    Map<String, Object> claims = json(parts[1]);
    assertThat(claims.remove("jti")).asString().matches("[A-Za-z0-9_-]{22}");
    assertThat(claims).containsExactlyInAnyOrderEntriesOf(without(claims(), "jti"));
    assertThat(Base64.getUrlDecoder().decode(parts[2])).hasSize(64);
  }

  @Test
  void givesEveryTokenAnIdOfItsOwn() throws Exception {
    Object first = json(accessTokens.sign(TOKEN, key).reveal().split("\\.", -1)[1]).get("jti");
    Object second = json(accessTokens.sign(TOKEN, key).reveal().split("\\.", -1)[1]).get("jti");

    assertThat(first).isNotEqualTo(second);
  }

  @Test
  void cutsInstantsToWholeSecondsSoThatNothingExpiresLater() {
    Duration fraction = Duration.ofMillis(999);
    var token =
        new AccessToken(
            TOKEN.userId(),
            TOKEN.sessionId(),
            TOKEN.clientId(),
            TOKEN.username(),
            TOKEN.roles(),
            TOKEN.authenticatedAt().plus(fraction),
            TOKEN.issuedAt().plus(fraction),
            TOKEN.expiresAt().plus(fraction),
            null);

    assertThat(read(accessTokens.sign(token, key).reveal())).contains(TOKEN);
  }

  /**
   * Shows that the forgeries below fail for what is wrong with them, and not for how they are made.
   */
  @Test
  void readsATokenThatTheTestSignsItself() {
    assertThat(read(signed(header(), claims()))).contains(TOKEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"at+jwt", "AT+JWT", "application/at+jwt", "Application/At+Jwt"})
  void readsTheTypeInEverySpelling(String type) {
    assertThat(read(signed(with(header(), "typ", type), claims()))).contains(TOKEN);
  }

  @Test
  void readsATokenThatIsForOthersToo() {
    assertThat(
            read(
                signed(
                    header(),
                    with(claims(), "aud", List.of("https://other.example.org", AUDIENCE)))))
        .contains(TOKEN);
  }

  @Test
  void readsATokenThatSaysToHoldFromItsIssueOn() {
    assertThat(read(signed(header(), with(claims(), "nbf", NOW.getEpochSecond())))).contains(TOKEN);
  }

  @Test
  void refusesATokenThatWasIssuedForLater() {
    assertRefused(signed(header(), with(claims(), "nbf", NOW.getEpochSecond() + 1)));
    assertRefused(signed(header(), with(claims(), "nbf", "tomorrow")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"none", "None", "NONE", "nOnE", "", "HS256", "ES384", "es256", "RS256", "EdDSA"})
  void refusesAnyOtherAlgorithm(String algorithm) {
    Map<String, Object> header = with(header(), "alg", algorithm);

    assertRefused(signed(header, claims()));
    assertRefused(content(header, claims()) + ".");
    assertRefused(content(header, claims()));
  }

  @Test
  void refusesAnHmacMadeWithThePublicKey() throws Exception {
    String content = content(with(header(), "alg", "HS256"), claims());
    byte[] publicKey = sealed.publicKey();
    String base64 = Base64.getMimeEncoder().encodeToString(publicKey);
    String pem = "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n";

    for (byte[] secret : List.of(publicKey, pem.getBytes(US_ASCII))) {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      assertRefused(content + "." + base64(mac.doFinal(content.getBytes(US_ASCII))));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"JWT", "jwt", "", "at+jwt ", "application/jwt", "logout+jwt", "at\u212awt"})
  void refusesAnyOtherType(String type) {
    assertRefused(signed(with(header(), "typ", type), claims()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"typ", "alg", "kid"})
  void refusesAHeaderThatLacksAnything(String name) {
    assertRefused(signed(without(header(), name), claims()));
    assertRefused(signed(with(header(), name, 1), claims()));
    assertRefused(
        signed(with(header(), name, List.of(String.valueOf(header().get(name)))), claims()));
  }

  @Test
  void refusesEveryExtensionThatMustBeUnderstood() {
    assertRefused(signed(with(header(), "crit", List.of("exp")), claims()));
    assertRefused(signed(with(header(), "crit", List.of()), claims()));
    assertRefused(signed(with(header(), "crit", "b64"), claims()));
    assertRefused(signed(with(with(header(), "b64", false), "crit", List.of("b64")), claims()));
  }

  /**
   * RFC 7797 §7: no JWT may have an unencoded payload. Ours say nothing about it, not even that
   * they have none.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void refusesToBeToldHowThePayloadIsEncoded(boolean b64) {
    assertRefused(signed(with(header(), "b64", b64), claims()));
  }

  @Test
  void takesNoKeyFromTheToken() {
    SealedSigningKey sealedAttackers = Samples.sealedKey(SigningAlgorithm.ES256);
    OpenedSigningKey attackers = Samples.open(sealedAttackers);
    Map<String, Object> jwk = with(Map.copyOf(attackers.verificationKey().jwk()), "kid", key.id());
    String certificate = Base64.getEncoder().encodeToString(sealedAttackers.publicKey());

    assertRefused(signed(with(header(), "jwk", jwk), claims(), attackers));
    assertRefused(
        signed(with(header(), "jku", "https://attacker.example/jwks.json"), claims(), attackers));
    assertRefused(
        signed(with(header(), "x5u", "https://attacker.example/key.pem"), claims(), attackers));
    assertRefused(signed(with(header(), "x5c", List.of(certificate)), claims(), attackers));
    assertRefused(
        signed(with(with(header(), "jwk", jwk), "kid", attackers.id()), claims(), attackers));
  }

  @Test
  void doesNotCareWhereElseTheHeaderSaysThatAKeyIs() {
    Map<String, Object> header =
        with(with(header(), "jku", "not a URL"), "jwk", Map.of("kty", "?"));

    assertThat(read(signed(header, claims()))).contains(TOKEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "../../../../dev/null",
        "file:///dev/null",
        "' OR '1'='1",
        "x'; DROP TABLE signing_keys; --",
        "|/usr/bin/whoami",
        "\u0000",
        "\ud800"
      })
  void refusesAKeyIdThatIsNotKnown(String kid) {
    assertRefused(signed(with(header(), "kid", kid), claims()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 5000, 10_000, 1_000_000})
  void refusesAHugeKeyId(int length) {
    assertRefused(signed(with(header(), "kid", "k".repeat(length)), claims()));
  }

  @Test
  void refusesATokenThatIsTooLongAlthoughItIsSigned() {
    assertThat(read(signed(header(), with(claims(), "more", "x".repeat(5000))))).contains(TOKEN);
    assertRefused(signed(header(), with(claims(), "more", "x".repeat(8000))));
  }

  @Test
  void refusesTheSignatureOfAnotherKey() {
    assertRefused(
        signed(header(), claims(), Samples.open(Samples.sealedKey(SigningAlgorithm.ES256))));
  }

  @ParameterizedTest
  @CsvSource({"ES384, secp384r1, SHA384", "ES256, secp384r1, SHA256", "ES512, secp521r1, SHA512"})
  void refusesTheSignatureOfAKeyOnAnotherCurve(String algorithm, String curve, String digest)
      throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve));
    String content = content(with(header(), "alg", algorithm), claims());
    Signature signature = Signature.getInstance(digest + "withECDSAinP1363Format");
    signature.initSign(generator.generateKeyPair().getPrivate());
    signature.update(content.getBytes(US_ASCII));

    assertRefused(content + "." + base64(signature.sign()));
  }

  /**
   * Should anything ever sign ID tokens with the same key, they are for clients to read, and open
   * no door.
   */
  @ParameterizedTest
  @ValueSource(strings = {"JWT", "at+jwt"})
  void refusesAnIdTokenOfTheSameKey(String type) {
    Map<String, Object> idToken =
        Map.of(
            "iss", ISSUER,
            "sub", TOKEN.userId().toString(),
            "aud", AUDIENCE,
            "exp", TOKEN.expiresAt().getEpochSecond(),
            "iat", TOKEN.issuedAt().getEpochSecond(),
            "auth_time", TOKEN.authenticatedAt().getEpochSecond(),
            "nonce", "n-0S6_WzA2Mj");

    assertRefused(signed(with(header(), "typ", type), idToken));
    assertRefused(signed(without(header(), "typ"), idToken));
  }

  /**
   * An ECDSA verifier that forgets to check its ranges takes r = s = 0 for everything
   * (CVE-2022-21449).
   */
  @Test
  void refusesSignaturesThatAreOutOfRange() {
    byte[] order = unsigned(Curve.P_256.toECParameterSpec().getOrder());
    String content = content(header(), claims());

    for (byte[] r : List.of(new byte[32], order)) {
      for (byte[] s : List.of(new byte[32], order)) {
        byte[] signature = Arrays.copyOf(r, 64);
        System.arraycopy(s, 0, signature, 32, 32);
        assertRefused(content + "." + base64(signature));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 32, 63, 65, 96, 128, 4096})
  void refusesSignaturesOfAnotherLength(int length) {
    assertRefused(content(header(), claims()) + "." + base64(new byte[length]));
  }

  @Test
  void refusesASignatureThatIsCutOrGoesOn() {
    byte[] signature =
        Base64.getUrlDecoder().decode(signed(header(), claims()).split("\\.", -1)[2]);
    String content = content(header(), claims());

    for (int length : new int[] {63, 65, 72}) {
      assertRefused(content + "." + base64(Arrays.copyOf(signature, length)));
    }
  }

  @Test
  void refusesASignatureInDer() throws Exception {
    String content = content(header(), claims());

    byte[] der = ECDSA.transcodeSignatureToDER(key.sign(content.getBytes(US_ASCII)));
    assertRefused(content + "." + base64(der));
  }

  /** In ECDSA (r, n − s) is as valid as (r, s), and anyone with the token can compute it. */
  @Test
  void refusesTheOtherSignatureThatFollowsFromTheFirst() {
    String token = signed(header(), claims());
    String[] parts = token.split("\\.", -1);
    byte[] signature = Base64.getUrlDecoder().decode(parts[2]);
    byte[] low = Arrays.copyOfRange(signature, 32, 64);
    byte[] high =
        unsigned(Curve.P_256.toECParameterSpec().getOrder().subtract(new BigInteger(1, low)));
    System.arraycopy(high, 0, signature, 32, 32);

    assertThat(read(token)).contains(TOKEN);
    assertRefused(parts[0] + "." + parts[1] + "." + base64(signature));
  }

  @Test
  void refusesATokenInAnotherSpelling() {
    String token = signed(header(), claims());
    String[] parts = token.split("\\.", -1);

    assertRefused(token + "=");
    assertRefused(token + "==");
    assertRefused(token + ".");
    assertRefused("." + token);
    assertRefused(" " + token);
    assertRefused(token + "\n");
    assertRefused("Bearer " + token);
    assertRefused(parts[0] + ".." + parts[2]);
    assertRefused(parts[0] + "." + parts[1] + "\n." + parts[2]);
    assertRefused(
        token.substring(0, token.length() - 1) + lastBitFlipped(token.charAt(token.length() - 1)));
  }

  @Test
  void refusesWhatItSignedForAnotherIssuerOrAudience() {
    assertRefused(accessTokens("https://evil.example.org", AUDIENCE).sign(TOKEN, key).reveal());
    assertRefused(accessTokens(ISSUER, "https://other.example.org").sign(TOKEN, key).reveal());
    assertRefused(signed(header(), with(claims(), "iss", ISSUER + "/")));
    assertRefused(signed(header(), with(claims(), "aud", List.of())));
    assertRefused(signed(header(), with(claims(), "aud", AUDIENCE + " https://other.example.org")));
  }

  @Test
  void knowsAllClaimsInTheTestsBelow() {
    assertThat(CLAIMS).containsExactlyInAnyOrderElementsOf(claims().keySet());
  }

  @ParameterizedTest
  @FieldSource("CLAIMS")
  void refusesATokenThatLacksAClaim(String name) {
    assertRefused(signed(header(), without(claims(), name)));
  }

  @ParameterizedTest
  @FieldSource("CLAIMS")
  void refusesAClaimOfAnotherType(String name) {
    assertRefused(signed(header(), with(claims(), name, Map.of("a", 1))));
    assertRefused(signed(header(), with(claims(), name, true)));
    assertRefused(signed(header(), with(claims(), name, 1.5)));
    assertRefused(signed(header(), with(claims(), name, List.of(1))));
  }

  static Stream<Map.Entry<String, Object>> malformedClaims() {
    return Stream.of(
        Map.entry("sub", "ada"),
        Map.entry("sub", "1-1-1-1-1"),
        Map.entry("sub", "01234567-89AB-4DEF-8123-456789ABCDEF"),
        Map.entry("sid", ""),
        Map.entry("sid", "fedcba98-7654-4210-8edc-ba98765432100"),
        Map.entry("roles", "user"),
        Map.entry("amr", "pwd"),
        Map.entry("exp", -1),
        Map.entry("exp", Long.MAX_VALUE),
        Map.entry("exp", Long.MIN_VALUE),
        Map.entry("exp", "1767323345"),
        Map.entry("exp", 253_402_300_800L),
        Map.entry("iat", new BigInteger("9".repeat(40))),
        Map.entry("auth_time", 1e300));
  }

  /** What it signed once, it reads by the rules of that time. */
  @Test
  void readsRolesAndClientsThatNobodyCouldHaveAnyMore() {
    Map<String, Object> claims = with(claims(), "roles", List.of("Old Role"));

    assertThat(read(signed(header(), with(claims, "client_id", "\u00e9"))))
        .hasValueSatisfying(
            token -> {
              assertThat(token.roles()).containsExactly(Role.stored("Old Role"));
              assertThat(token.clientId()).isEqualTo(ClientId.stored("\u00e9"));
            });
  }

  @ParameterizedTest
  @MethodSource("malformedClaims")
  void refusesAClaimThatIsMalformed(Map.Entry<String, Object> claim) {
    assertRefused(signed(header(), with(claims(), claim.getKey(), claim.getValue())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "1",
        "\"x\"",
        "{",
        "{}",
        "{\"a\":}",
        "\u0000",
        "{\"exp\":1}{}"
      })
  void refusesWhatIsNotAJsonObjectOfClaims(String json) {
    String header = base64(JSONObjectUtils.toJSONString(header()).getBytes(UTF_8));
    String payload = base64(json.getBytes(UTF_8));

    assertRefused(sign(header + "." + payload, key));
    assertRefused(sign(payload + "." + payload, key));
  }

  /**
   * A stray continuation, a character cut short, overlong forms of a slash and of NUL, half a
   * surrogate pair, a code point above the last, bytes that UTF-8 never has; all of them in a
   * member that is not read.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0080",
        "\u00c3",
        "\u00c3(",
        "\u00e2\u0082",
        "\u00c0\u00af",
        "\u00c0\u0080",
        "\u00ed\u00a0\u0080",
        "\u00f4\u0090\u0080\u0080",
        "\u00fe",
        "\u00ff"
      })
  void refusesBytesThatAreNotUtf8(String bytes) {
    assertRefusedInHeaderAndPayload(
        json -> ("{\"more\":\"" + bytes + "\"," + json.substring(1)).getBytes(ISO_8859_1));
  }

  @Test
  void refusesAByteOrderMark() {
    assertRefusedInHeaderAndPayload(json -> ("\ufeff" + json).getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"more", "\\u006dore"})
  void refusesAMemberThatIsNamedTwice(String name) {
    assertRefusedInHeaderAndPayload(
        json -> ("{\"more\":1,\"" + name + "\":1," + json.substring(1)).getBytes(UTF_8));
  }

  /** Gson, which reads JSON here, can be lenient in each of these ways. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/**/",
        "'more':1,",
        "more:1,",
        "\"more\"=1,",
        "\"more\":1;",
        "\"more\":01,",
        "\"more\":+1,",
        "\"more\":NaN,",
        "\"more\":TRUE,",
        "\"more\":text,",
        "\"more\":[1,,2],",
        "\"more\":\"\t\",",
        "\"more\":\"\\x\",",
        ","
      })
  void refusesWhatIsAlmostJson(String members) {
    assertRefusedInHeaderAndPayload(json -> ("{" + members + json.substring(1)).getBytes(UTF_8));
  }

  /** Numbers nearly as long as a token may be, some of them beyond every range. */
  @ParameterizedTest
  @ValueSource(strings = {"9", "1e9", "0.9", "-9"})
  void refusesAHugeNumber(String start) {
    String number = start + "9".repeat(3000);

    assertRefused(signed(header(), claimsWithNumber("exp", number)));
    assertRefused(signed(header(), claimsWithNumber("iat", number)));
  }

  /** What is signed here has whole seconds, written as such. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1767323345.0",
        "1.767323345e9",
        "1767323345e0",
        "17673233450E-1",
        "\"1767323345\"",
        "null"
      })
  void refusesATimeThatIsNotAWholeNumber(String number) {
    assertThat(read(signed(header(), claimsWithNumber("exp", "1767323345")))).isPresent();
    assertRefused(signed(header(), claimsWithNumber("exp", number)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32", "UTF-32BE", "UTF-32LE"})
  void refusesJsonInAnotherEncodingThanUtf8(String charset) {
    byte[] header = JSONObjectUtils.toJSONString(header()).getBytes(Charset.forName(charset));
    byte[] claims = JSONObjectUtils.toJSONString(claims()).getBytes(Charset.forName(charset));
    String[] inUtf8 = content(header(), claims()).split("\\.", -1);

    assertRefused(sign(inUtf8[0] + "." + base64(claims), key));
    assertRefused(sign(base64(header) + "." + inUtf8[1], key));
  }

  @Test
  void refusesJsonThatIsNestedWithoutEnd() {
    String header = base64(JSONObjectUtils.toJSONString(header()).getBytes(UTF_8));
    for (String opening : List.of("[", "{\"a\":")) {
      String nested = base64(opening.repeat(5000 / opening.length()).getBytes(UTF_8));
      assertRefused(sign(header + "." + nested, key));
      assertRefused(sign(nested + "." + header, key));
    }
  }

  /** The text may well be valid: nobody knows whether its key exists. */
  @Test
  void throwsIfTheKeysCannotBeReadInsteadOfRefusingTheToken() {
    var unavailable = new StorageUnavailableException(new IllegalStateException("unavailable"));

    assertThatThrownBy(
            () ->
                assertThat(
                        accessTokens.read(
                            new TokenText(signed(header(), claims())),
                            _ -> {
                              throw unavailable;
                            }))
                    .isEmpty())
        .isSameAs(unavailable);
  }

  private Map<String, Object> header() {
    return Map.of("typ", "at+jwt", "alg", "ES256", "kid", key.id());
  }

  private static Map<String, Object> claims() {
    return Map.ofEntries(
        Map.entry("iss", ISSUER),
        Map.entry("aud", AUDIENCE),
        Map.entry("sub", "01234567-89ab-4def-8123-456789abcdef"),
        Map.entry("client_id", "latchkey"),
        Map.entry("iat", NOW.getEpochSecond()),
        Map.entry("exp", NOW.getEpochSecond() + 300),
        Map.entry("jti", "AAAAAAAAAAAAAAAAAAAAAA"),
        Map.entry("sid", "fedcba98-7654-4210-8edc-ba9876543210"),
        Map.entry("auth_time", NOW.getEpochSecond() - 60),
        Map.entry("amr", List.of("pwd")),
        Map.entry("roles", List.of("admin", "user")),
        Map.entry("preferred_username", "Ada"));
  }

  private static Map<String, Object> with(Map<String, Object> members, String name, Object value) {
    Map<String, Object> changed = new LinkedHashMap<>(members);
    changed.put(name, value);
    return changed;
  }

  private static Map<String, Object> without(Map<String, Object> members, String name) {
    Map<String, Object> changed = new LinkedHashMap<>(members);
    changed.remove(name);
    return changed;
  }

  /** The claims as JSON, with a number that is spelled so. */
  private static String claimsWithNumber(String name, String number) {
    String others = JSONObjectUtils.toJSONString(without(claims(), name));
    return "{\"" + name + "\":" + number + "," + others.substring(1);
  }

  private String signed(Map<String, Object> header, String claims) {
    return sign(base64(JSONObjectUtils.toJSONString(header)) + "." + base64(claims), key);
  }

  private String signed(Map<String, Object> header, Map<String, Object> claims) {
    return signed(header, claims, key);
  }

  private static String signed(
      Map<String, Object> header, Map<String, Object> claims, OpenedSigningKey signer) {
    return sign(content(header, claims), signer);
  }

  private static String content(Map<String, Object> header, Map<String, Object> claims) {
    return base64(JSONObjectUtils.toJSONString(header))
        + "."
        + base64(JSONObjectUtils.toJSONString(claims));
  }

  private static String sign(String content, OpenedSigningKey signer) {
    return content + "." + base64(signer.sign(content.getBytes(US_ASCII)));
  }

  private Optional<AccessToken> read(String text) {
    return accessTokens.read(
        new TokenText(text), id -> Optional.of(key).filter(known -> known.id().equals(id)));
  }

  private void assertRefused(String text) {
    assertThat(read(text)).as(text.substring(0, Math.min(text.length(), 1000))).isEmpty();
  }

  /**
   * The change is made once in the header and once in the payload; the other part and the signature
   * are as ever.
   */
  private void assertRefusedInHeaderAndPayload(Function<String, byte[]> change) {
    String header = JSONObjectUtils.toJSONString(header());
    String claims = JSONObjectUtils.toJSONString(claims());

    assertRefused(sign(base64(change.apply(header)) + "." + base64(claims), key));
    assertRefused(sign(base64(header) + "." + base64(change.apply(claims)), key));
  }

  private static Map<String, Object> json(String base64url) throws Exception {
    return JSONObjectUtils.parse(new String(Base64.getUrlDecoder().decode(base64url), UTF_8));
  }

  private static String base64(String text) {
    return base64(text.getBytes(UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The last character of 64 bytes has four bits that mean nothing. */
  private static char lastBitFlipped(char c) {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    return alphabet.charAt(alphabet.indexOf(c) ^ 1);
  }

  private static byte[] unsigned(BigInteger number) {
    byte[] bytes = number.toByteArray();
    return Arrays.copyOfRange(bytes, bytes.length - 32, bytes.length);
  }
}
