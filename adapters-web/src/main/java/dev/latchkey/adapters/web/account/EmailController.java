package dev.latchkey.adapters.web.account;

import dev.latchkey.adapters.web.bearer.Bearer;
import dev.latchkey.adapters.web.problem.Problem;
import dev.latchkey.adapters.web.problem.ProblemCode;
import dev.latchkey.adapters.web.problem.Refuses;
import dev.latchkey.adapters.web.request.Devices;
import dev.latchkey.adapters.web.request.Patience;
import dev.latchkey.application.port.in.account.ChangeEmail;
import dev.latchkey.application.port.in.account.VerifyEmail;
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

/** Verify an e-mail address by a mailed code, or change that of one's own account. */
@Controller("/api/accounts")
@Tag(name = "Account")
final class EmailController {

  private final Devices devices;
  private final Patience patience;
  private final ChangeEmail changeEmail;
  private final VerifyEmail verifyEmail;

  EmailController(
      Devices devices, Patience patience, ChangeEmail changeEmail, VerifyEmail verifyEmail) {
    this.devices = devices;
    this.patience = patience;
    this.changeEmail = changeEmail;
    this.verifyEmail = verifyEmail;
  }

  @Put("/me/email")
  @Secured(SecurityRule.IS_AUTHENTICATED)
  @Operation(
      summary = "Ask for another e-mail address; it counts once the code mailed to it comes back")
  @ApiResponse(
      responseCode = "202",
      description = "A code is on its way, also if the address is taken")
  @Refuses({
    ProblemCode.WRONG_PASSWORD,
    ProblemCode.MAIL_OFF,
    ProblemCode.TOO_MANY_ATTEMPTS,
    ProblemCode.OVERLOADED
  })
  HttpResponse<?> changeEmail(
      @Body ChangeEmailRequest body,
      @Parameter(hidden = true) Bearer bearer,
      @Parameter(hidden = true) HttpRequest<?> request) {
    return switch (changeEmail.execute(body.toCommand(bearer.token(), devices.of(request)))) {
      case ChangeEmail.Result.Accepted() -> HttpResponse.accepted();
      case ChangeEmail.Result.WrongPassword() -> Problem.response(ProblemCode.WRONG_PASSWORD);
      case ChangeEmail.Result.TooManyAttempts(Duration delay) -> tooMany(delay);
      case ChangeEmail.Result.MailOff() -> Problem.response(ProblemCode.MAIL_OFF);
      case ChangeEmail.Result.Overloaded() -> Problem.retryLater(ProblemCode.OVERLOADED);
    };
  }

  @Put("/email-verification")
  @Secured(SecurityRule.IS_ANONYMOUS)
  @Operation(
      summary =
          "Verify an e-mail address by a mailed code: of an account, of one that it opens, or the"
              + " new one of an account")
  @ApiResponse(responseCode = "204", description = "It is verified; the code is used up")
  @Refuses({ProblemCode.INVALID_CODE, ProblemCode.TOO_MANY_ATTEMPTS})
  HttpResponse<?> verify(@Body CodeRequest body, @Parameter(hidden = true) HttpRequest<?> request) {
    return switch (verifyEmail.execute(body.toCommand(devices.of(request)))) {
      case VerifyEmail.Result.Verified() -> HttpResponse.noContent();
      case VerifyEmail.Result.InvalidCode() -> Problem.response(ProblemCode.INVALID_CODE);
      case VerifyEmail.Result.TooManyAttempts(Duration delay) -> tooMany(delay);
    };
  }

  private HttpResponse<?> tooMany(Duration delay) {
    return patience.refuse(Problem.retryLater(ProblemCode.TOO_MANY_ATTEMPTS, delay));
  }
}
