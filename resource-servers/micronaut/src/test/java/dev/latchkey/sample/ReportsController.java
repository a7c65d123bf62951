package dev.latchkey.sample;

import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;

// docs: micronaut
@Controller
final class ReportsController {

  @Secured("auditor")
  @Get(uri = "/reports", produces = MediaType.TEXT_PLAIN)
  String reports(Authentication caller) {
    return "The reports for " + caller.getName();
  }
}
// end
