package dev.latchkey.adapters.web.proof;

import dev.latchkey.adapters.web.issuer.AuthorizationServer;
import dev.latchkey.adapters.web.problem.FieldError;
import dev.latchkey.adapters.web.problem.ProblemCode;
import dev.latchkey.adapters.web.request.ProblemException;
import dev.latchkey.application.port.in.session.VerifyProof;
import dev.latchkey.domain.session.Binding;
import dev.latchkey.domain.session.KeyProof;
import dev.latchkey.domain.session.KeyThumbprint;
import dev.latchkey.domain.token.TokenText;
import dev.latchkey.domain.token.TokenType;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The proof that a request carries in the header {@code DPoP} (RFC 9449 §4.1). */
@Singleton
public final class Proofs {

  public static final String HEADER = "DPoP";

  public static final String NONCE_HEADER = "DPoP-Nonce";

  /** What may sign a proof, as challenges name it (RFC 9449 §7.1). */
  public static final String ALGORITHMS = "algs=\"" + String.join(" ", KeyProof.ALGORITHMS) + '"';

  private static final FieldError MISSING =
      new FieldError(HEADER, "required", "must be sent, with a proof of the key of the session");

  private final VerifyProof verifyProof;
  private final AuthorizationServer server;

  Proofs(VerifyProof verifyProof, AuthorizationServer server) {
    this.verifyProof = verifyProof;
    this.server = server;
  }

  /** Whether the request carries a proof, valid or not. */
  public static boolean isIn(HttpRequest<?> request) {
    return request.getHeaders().contains(HEADER);
  }

  /**
   * The proof, of a request without an access token; null if there is none.
   *
   * @throws ProblemException if there is one that is not valid, or lacks a nonce
   */
  public @Nullable KeyProof of(HttpRequest<?> request) {
    return isIn(request)
        ? switch (verifyProof.execute(command(request, null))) {
          case VerifyProof.Result.Proven(KeyProof proof) -> proof;
          case VerifyProof.Result.NonceNeeded() -> throw nonceNeeded();
          case VerifyProof.Result.Invalid(String reason) ->
              throw new ProblemException(
                  ProblemCode.INVALID_DPOP_PROOF,
                  List.of(new FieldError(HEADER, "invalid_proof", reason)));
        }
        : null;
  }

  /**
   * The key that a request without an access token proves; null if it proves none.
   *
   * @throws ProblemException as {@link #of}
   */
  public @Nullable KeyThumbprint keyProvenBy(HttpRequest<?> request) {
    KeyProof proof = of(request);
    return proof == null ? null : proof.key();
  }

  /**
   * What a session that this request starts is bound to; null if it carries no proof.
   *
   * @param tokenType of the access tokens, as the body asks for it; may be empty
   * @throws ProblemException if the proof is not valid, or there is none although the body asks for
   *     tokens that are bound
   */
  public @Nullable Binding bindingFor(HttpRequest<?> request, String tokenType) {
    if (!tokenType.isEmpty()
        && !tokenType.equals(TokenType.BEARER.text())
        && !tokenType.equals(TokenType.DPOP.text())) {
      throw ProblemException.ofField("tokenType", "invalid_value", "must be Bearer or DPoP");
    }
    KeyProof proof = of(request);
    if (proof == null && tokenType.equals(TokenType.DPOP.text())) {
      throw missing();
    }
    return proof == null
        ? null
        : new Binding(proof.key(), !tokenType.equals(TokenType.BEARER.text()));
  }

  /** The refusal of a request that needs a proof, or another key's. */
  public static ProblemException missing() {
    return new ProblemException(ProblemCode.INVALID_DPOP_PROOF, List.of(MISSING));
  }

  /** The refusal of a proof whose nonce does not suffice. */
  public static ProblemException nonceNeeded() {
    return new ProblemException(ProblemCode.USE_DPOP_NONCE, List.of());
  }

  /**
   * What is to be verified of a request.
   *
   * @param accessToken that the proof must be made for, if the request carries one
   */
  public VerifyProof.Command command(HttpRequest<?> request, @Nullable TokenText accessToken) {
    return new VerifyProof.Command(
        // Several are none (RFC 9449 §4.3), and joined they are certainly not one.
        String.join(",", request.getHeaders().getAll(HEADER)),
        request.getMethodName(),
        server.address(request.getPath()),
        accessToken);
  }
}
