package dev.latchkey.sample;

import dev.latchkey.resourceserver.AccessToken;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

// docs: spring-boot
@RestController
class ReportsController {

  @GetMapping("/reports")
  @PreAuthorize("hasRole('auditor')")
  String reports(@AuthenticationPrincipal AccessToken caller) {
    return "The reports for " + caller.subject();
  }
}
// end
