package dev.latchkey.adapters.web.account;

import dev.latchkey.adapters.web.bearer.Bearer;
import dev.latchkey.adapters.web.bearer.BearerChallenge;
import dev.latchkey.adapters.web.problem.Problem;
import dev.latchkey.adapters.web.problem.ProblemCode;
import dev.latchkey.adapters.web.problem.Refuses;
import dev.latchkey.adapters.web.request.Devices;
import dev.latchkey.adapters.web.request.Patience;
import dev.latchkey.application.port.in.account.ChangePassword;
import dev.latchkey.application.port.in.account.ResetPassword;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Put;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;

/** Change the password of one's own account, or reset it by a mailed code. */
@Controller("/api/accounts")
@Tag(name = "Account")
final class PasswordController {

  private static final String NEW_PASSWORD = "newPassword";

  private final Devices devices;
  private final Patience patience;
  private final ChangePassword changePassword;
  private final ResetPassword resetPassword;

  PasswordController(
      Devices devices,
      Patience patience,
      ChangePassword changePassword,
      ResetPassword resetPassword) {
    this.devices = devices;
    this.patience = patience;
    this.changePassword = changePassword;
    this.resetPassword = resetPassword;
  }

  @Put("/me/password")
  @Secured(SecurityRule.IS_AUTHENTICATED)
  @Operation(
      summary = "Change the password; this session goes on, all others end unless told otherwise")
  @ApiResponse(responseCode = "204", description = "It is changed")
  @Refuses({ProblemCode.WRONG_PASSWORD, ProblemCode.TOO_MANY_ATTEMPTS, ProblemCode.OVERLOADED})
  HttpResponse<?> changePassword(
      @Body ChangePasswordRequest body,
      @Parameter(hidden = true) Bearer bearer,
      @Parameter(hidden = true) HttpRequest<?> request) {
    return switch (changePassword.execute(body.toCommand(bearer.token(), devices.of(request)))) {
      case ChangePassword.Result.Changed() -> HttpResponse.noContent();
      case ChangePassword.Result.WrongPassword() -> Problem.response(ProblemCode.WRONG_PASSWORD);
      case ChangePassword.Result.TooManyAttempts(Duration delay) -> tooMany(delay);
      case ChangePassword.Result.PasswordTooCommon() -> PasswordProblems.tooCommon(NEW_PASSWORD);
      case ChangePassword.Result.PasswordBreached() -> PasswordProblems.breached(NEW_PASSWORD);
      case ChangePassword.Result.PasswordTooSimilar() -> PasswordProblems.tooSimilar(NEW_PASSWORD);
      case ChangePassword.Result.Gone() -> BearerChallenge.INVALID_TOKEN.response();
      case ChangePassword.Result.Overloaded() -> Problem.retryLater(ProblemCode.OVERLOADED);
    };
  }

  @Put("/password-reset")
  @Secured(SecurityRule.IS_ANONYMOUS)
  @Operation(summary = "Set a new password by a mailed code; all sessions end")
  @ApiResponse(responseCode = "204", description = "It is set; the code is used up")
  @Refuses({ProblemCode.INVALID_CODE, ProblemCode.TOO_MANY_ATTEMPTS, ProblemCode.OVERLOADED})
  HttpResponse<?> reset(
      @Body ResetPasswordRequest body, @Parameter(hidden = true) HttpRequest<?> request) {
    return switch (resetPassword.execute(body.toCommand(devices.of(request)))) {
      case ResetPassword.Result.Reset() -> HttpResponse.noContent();
      case ResetPassword.Result.InvalidCode() -> Problem.response(ProblemCode.INVALID_CODE);
      case ResetPassword.Result.TooManyAttempts(Duration delay) -> tooMany(delay);
      case ResetPassword.Result.PasswordTooCommon() -> PasswordProblems.tooCommon(NEW_PASSWORD);
      case ResetPassword.Result.PasswordBreached() -> PasswordProblems.breached(NEW_PASSWORD);
      case ResetPassword.Result.PasswordTooSimilar() -> PasswordProblems.tooSimilar(NEW_PASSWORD);
      case ResetPassword.Result.Overloaded() -> Problem.retryLater(ProblemCode.OVERLOADED);
    };
  }

  private HttpResponse<?> tooMany(Duration delay) {
    return patience.refuse(Problem.retryLater(ProblemCode.TOO_MANY_ATTEMPTS, delay));
  }
}
