package dev.latchkey.adapters.web.account;

import dev.latchkey.adapters.web.bearer.Bearer;
import dev.latchkey.adapters.web.bearer.BearerChallenge;
import dev.latchkey.adapters.web.browser.EarlierCookie;
import dev.latchkey.adapters.web.browser.RefreshTokenTransport;
import dev.latchkey.adapters.web.client.ClientAuthentication;
import dev.latchkey.adapters.web.problem.Problem;
import dev.latchkey.adapters.web.problem.ProblemCode;
import dev.latchkey.adapters.web.problem.Refuses;
import dev.latchkey.adapters.web.proof.Proofs;
import dev.latchkey.adapters.web.request.Devices;
import dev.latchkey.adapters.web.request.Patience;
import dev.latchkey.application.port.in.account.ChangeNames;
import dev.latchkey.application.port.in.account.DeleteAccount;
import dev.latchkey.application.port.in.account.Register;
import dev.latchkey.application.port.in.account.ShowAccount;
import dev.latchkey.application.port.in.session.IssuedTokens;
import dev.latchkey.domain.client.Client;
import dev.latchkey.domain.session.Binding;
import dev.latchkey.domain.user.User;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Duration;

/** {@code /api/accounts}: register; see, change and delete one's own account. */
@Controller("/api/accounts")
@Tag(name = "Account")
final class AccountController {

  private static final String PASSWORD = "password";
  private static final URI OWN_ACCOUNT = URI.create("/api/accounts/me");

  private final ClientAuthentication clientAuthentication;
  private final Proofs proofs;
  private final Patience patience;
  private final Register register;
  private final ShowAccount showAccount;
  private final ChangeNames changeNames;
  private final DeleteAccount deleteAccount;
  private final EarlierCookie earlierCookie;
  private final Devices devices;

  AccountController(
      ClientAuthentication clientAuthentication,
      Proofs proofs,
      Patience patience,
      Register register,
      ShowAccount showAccount,
      ChangeNames changeNames,
      DeleteAccount deleteAccount,
      EarlierCookie earlierCookie,
      Devices devices) {
    this.clientAuthentication = clientAuthentication;
    this.proofs = proofs;
    this.patience = patience;
    this.register = register;
    this.showAccount = showAccount;
    this.changeNames = changeNames;
    this.deleteAccount = deleteAccount;
    this.earlierCookie = earlierCookie;
    this.devices = devices;
  }

  @Post
  @Secured(SecurityRule.IS_ANONYMOUS)
  @Operation(summary = "Register; starts the first session")
  @ApiResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = RegistrationResponse.class)))
  @ApiResponse(
      responseCode = "202",
      description =
          "If addresses must be verified first: a code is on its way, also if the address is taken")
  @Refuses({
    ProblemCode.USERNAME_TAKEN,
    ProblemCode.EMAIL_TAKEN,
    ProblemCode.INVALID_DPOP_PROOF,
    ProblemCode.USE_DPOP_NONCE,
    ProblemCode.TOO_MANY_ATTEMPTS,
    ProblemCode.OVERLOADED,
    ProblemCode.INVALID_CLIENT
  })
  HttpResponse<?> register(
      @Body RegisterRequest body,
      @Parameter(hidden = true) RefreshTokenTransport transport,
      @Parameter(hidden = true) HttpRequest<?> request) {
    Client client = clientAuthentication.authenticateOrFirstParty(request, body.clientId());
    Binding binding = proofs.bindingFor(request, body.tokenType());
    return switch (register.execute(body.toCommand(client.id(), binding, devices.of(request)))) {
      case Register.Result.Registered(User user, IssuedTokens tokens) -> {
        earlierCookie.end(transport, client, binding, request);
        yield transport.issue(
            HttpResponse.created(RegistrationResponse.of(user, tokens, transport), OWN_ACCOUNT),
            tokens);
      }
      case Register.Result.UsernameTaken() -> Problem.response(ProblemCode.USERNAME_TAKEN);
      case Register.Result.EmailTaken() -> Problem.response(ProblemCode.EMAIL_TAKEN);
      case Register.Result.VerificationRequired() -> HttpResponse.accepted();
      case Register.Result.PasswordTooCommon() -> PasswordProblems.tooCommon(PASSWORD);
      case Register.Result.PasswordBreached() -> PasswordProblems.breached(PASSWORD);
      case Register.Result.PasswordTooSimilar() -> PasswordProblems.tooSimilar(PASSWORD);
      case Register.Result.TooManyAttempts(Duration delay) ->
          patience.refuse(Problem.retryLater(ProblemCode.TOO_MANY_ATTEMPTS, delay));
      case Register.Result.BindingRequired() -> throw Proofs.missing();
      case Register.Result.Overloaded() -> Problem.retryLater(ProblemCode.OVERLOADED);
    };
  }

  @Get("/me")
  @Secured(SecurityRule.IS_AUTHENTICATED)
  @Operation(summary = "Show the account that the access token belongs to")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = AccountResponse.class)))
  HttpResponse<?> show(@Parameter(hidden = true) Bearer bearer) {
    return switch (showAccount.execute(new ShowAccount.Command(bearer.token().userId()))) {
      case ShowAccount.Result.Found(User user) -> HttpResponse.ok(AccountResponse.of(user));
      case ShowAccount.Result.Gone() -> BearerChallenge.INVALID_TOKEN.response();
    };
  }

  @Patch("/me")
  @Secured(SecurityRule.IS_AUTHENTICATED)
  @Operation(summary = "Change one's names; a member that is left out stays, an empty one goes")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = AccountResponse.class)))
  HttpResponse<?> changeNames(
      @Body ChangeNamesRequest body, @Parameter(hidden = true) Bearer bearer) {
    return switch (changeNames.execute(body.toCommand(bearer.token().userId()))) {
      case ChangeNames.Result.Changed(User user) -> HttpResponse.ok(AccountResponse.of(user));
      case ChangeNames.Result.Gone() -> BearerChallenge.INVALID_TOKEN.response();
    };
  }

  @Delete("/me")
  @Secured(SecurityRule.IS_AUTHENTICATED)
  @Operation(
      summary = "Delete one's own account, with all its sessions and all that is known of it")
  @ApiResponse(responseCode = "204", description = "It is deleted")
  @Refuses({
    ProblemCode.WRONG_PASSWORD,
    ProblemCode.LAST_ADMINISTRATOR,
    ProblemCode.TOO_MANY_ATTEMPTS,
    ProblemCode.OVERLOADED
  })
  HttpResponse<?> delete(
      @Body DeleteAccountRequest body,
      @Parameter(hidden = true) Bearer bearer,
      @Parameter(hidden = true) HttpRequest<?> request) {
    return switch (deleteAccount.execute(body.toCommand(bearer.token(), devices.of(request)))) {
      case DeleteAccount.Result.Deleted() -> HttpResponse.noContent();
      case DeleteAccount.Result.WrongPassword() -> Problem.response(ProblemCode.WRONG_PASSWORD);
      case DeleteAccount.Result.LastAdministrator() ->
          Problem.response(ProblemCode.LAST_ADMINISTRATOR);
      case DeleteAccount.Result.TooManyAttempts(Duration delay) ->
          patience.refuse(Problem.retryLater(ProblemCode.TOO_MANY_ATTEMPTS, delay));
      case DeleteAccount.Result.Overloaded() -> Problem.retryLater(ProblemCode.OVERLOADED);
    };
  }
}
