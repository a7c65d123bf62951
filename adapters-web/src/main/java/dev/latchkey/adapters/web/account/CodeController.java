package dev.latchkey.adapters.web.account;

import dev.latchkey.adapters.web.problem.Problem;
import dev.latchkey.adapters.web.problem.ProblemCode;
import dev.latchkey.adapters.web.problem.Refuses;
import dev.latchkey.adapters.web.request.Devices;
import dev.latchkey.adapters.web.request.Patience;
import dev.latchkey.application.port.in.account.RequestCode;
import dev.latchkey.application.port.in.account.RequestCode.Purpose;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;

/** Ask for a code by mail. Whether one is sent is never said. */
@Controller("/api/accounts")
@Secured(SecurityRule.IS_ANONYMOUS)
@Tag(name = "Account")
final class CodeController {

  private final Devices devices;
  private final Patience patience;
  private final RequestCode requestCode;

  CodeController(Devices devices, Patience patience, RequestCode requestCode) {
    this.devices = devices;
    this.patience = patience;
    this.requestCode = requestCode;
  }

  @Post("/password-reset")
  @Operation(summary = "Ask for a code that resets the password, by mail")
  @ApiResponse(
      responseCode = "202",
      description =
          "If an account has the address, a code is on its way; the answer is always this one")
  @Refuses({ProblemCode.MAIL_OFF, ProblemCode.TOO_MANY_ATTEMPTS})
  HttpResponse<?> requestReset(
      @Body EmailRequest body, @Parameter(hidden = true) HttpRequest<?> request) {
    return request(Purpose.PASSWORD_RESET, body, request);
  }

  @Post("/email-verification")
  @Operation(summary = "Ask for a code that verifies an e-mail address, by mail")
  @ApiResponse(
      responseCode = "202",
      description =
          "If there is something to verify, a code is on its way; the answer is always this one")
  @Refuses({ProblemCode.MAIL_OFF, ProblemCode.TOO_MANY_ATTEMPTS})
  HttpResponse<?> requestVerification(
      @Body EmailRequest body, @Parameter(hidden = true) HttpRequest<?> request) {
    return request(Purpose.EMAIL_VERIFICATION, body, request);
  }

  private HttpResponse<?> request(Purpose purpose, EmailRequest body, HttpRequest<?> request) {
    var command = new RequestCode.Command(purpose, body.address(), devices.of(request));
    return switch (requestCode.execute(command)) {
      case RequestCode.Result.Accepted() -> HttpResponse.accepted();
      case RequestCode.Result.TooManyAttempts(Duration delay) ->
          patience.refuse(Problem.retryLater(ProblemCode.TOO_MANY_ATTEMPTS, delay));
      case RequestCode.Result.MailOff() -> Problem.response(ProblemCode.MAIL_OFF);
    };
  }
}
