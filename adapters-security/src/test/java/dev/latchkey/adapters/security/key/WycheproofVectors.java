package dev.latchkey.adapters.security.key;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.latchkey.domain.key.SigningAlgorithm;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * The signatures of <a href="https://github.com/C2SP/wycheproof">Wycheproof</a>, which try what
 * verifiers get wrong. They are not part of this project or its build. With a clone of that
 * project:
 *
 * <pre>
 * mvn -pl adapters-security -am test -Dtest=WycheproofVectors -Dsurefire.failIfNoSpecifiedTests=false
 *     -Dwycheproof=/path/to/wycheproof/testvectors_v1</pre>
 *
 * <p>Every valid one is accepted, except ES256 signatures with a high s, which a token of ours
 * never has (see {@link Es256Signature}). {@link Es256SignatureTest} shows the same with signatures
 * of its own. The counts are those of Wycheproof's commit dac1dd47.
 */
@ParameterizedClass
@FieldSource("dev.latchkey.adapters.security.key.SigningKeyPairTest#PROVIDERS")
final class WycheproofVectors {

  private static final BigInteger HALF_ORDER =
      Curve.P_256.toECParameterSpec().getOrder().shiftRight(1);

  private final SignatureProvider provider;

  WycheproofVectors(SignatureProvider provider) {
    this.provider = provider;
  }

  /**
   * The third column counts the signatures that are valid but rejected for their spelling. The
   * fourth counts those that Wycheproof leaves to the verifier and that the JDK accepts, but native
   * code does not: one with a PKCS #1 padding without its NULL. Only the owner of the private key
   * can make such a signature, so nobody else can spell a token differently with it.
   */
  @ParameterizedTest
  @CsvSource({
    "ES256, ecdsa_secp256r1_sha256_p1363_test.json, 70, 0",
    "EDDSA, ed25519_test.json, 0, 0",
    "RS256, rsa_signature_2048_sha256_test.json, 0, 1"
  })
  void areAcceptedIfTheyAreValidAndInOurSpelling(
      SigningAlgorithm algorithm, String file, int highValid, int acceptable) throws Exception {
    var counted = new Counts();
    Map<String, Object> vectors = read(file);
    for (Map<String, Object> group : objects(vectors, "testGroups")) {
      SigningKeyPair key =
          SigningKeyPairTest.verifierWith(algorithm, provider, bytes(group, "publicKeyDer"));
      for (Map<String, Object> vector : objects(group, "tests")) {
        counted.add(algorithm, key, vector);
      }
    }
    assertThat(counted.all).isEqualTo(JSONObjectUtils.getInt(vectors, "numberOfTests"));
    assertThat(counted.highValid).isEqualTo(highValid);
    assertThat(counted.acceptable).isEqualTo(provider.isNative() ? 0 : acceptable);
  }

  private static Map<String, Object> read(String file) throws IOException, ParseException {
    String folder = System.getProperty("wycheproof");
    assertThat(folder)
        .as("the system property wycheproof, the folder testvectors_v1 of a clone")
        .isNotNull();
    return JSONObjectUtils.parse(Files.readString(Path.of(folder, file), UTF_8));
  }

  private static List<Map<String, Object>> objects(Map<String, Object> object, String name)
      throws ParseException {
    return Arrays.asList(JSONObjectUtils.getJSONObjectArray(object, name));
  }

  private static byte[] bytes(Map<String, Object> object, String name) throws ParseException {
    return HexFormat.of().parseHex(JSONObjectUtils.getString(object, name));
  }

  private static final class Counts {

    private int all;
    private int highValid;
    private int acceptable;

    void add(SigningAlgorithm algorithm, SigningKeyPair key, Map<String, Object> vector)
        throws ParseException {
      byte[] signature = bytes(vector, "sig");
      boolean high =
          algorithm == SigningAlgorithm.ES256
              && signature.length == 64
              && new BigInteger(1, signature, 32, 32).compareTo(HALF_ORDER) > 0;
      boolean accepted = key.verifies(bytes(vector, "msg"), signature);
      String result = JSONObjectUtils.getString(vector, "result");
      all++;
      switch (result) {
        case "valid" -> {
          assertThat(accepted).as(vector.toString()).isEqualTo(!high);
          highValid += high ? 1 : 0;
        }
        case "acceptable" -> acceptable += accepted ? 1 : 0;
        default -> assertThat(accepted).as(vector.toString()).isFalse();
      }
    }
  }
}
