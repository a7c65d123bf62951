package dev.latchkey.adapters.web.account;

import dev.latchkey.adapters.web.request.Fields;
import dev.latchkey.adapters.web.request.JsonRequest;
import dev.latchkey.domain.text.Parsed;
import dev.latchkey.domain.user.EmailAddress;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Objects;

/** The body of a request for a code: the address to mail it to. */
record EmailRequest(
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            maxLength = 254,
            example = "ada@example.org")
        String email)
    implements JsonRequest {

  EmailRequest {
    email = Objects.requireNonNullElse(email, "");
  }

  EmailAddress address() {
    var fields = new Fields();
    Parsed<EmailAddress> address = fields.require("email", email, EmailAddress::parse);
    fields.orRefuse();
    return address.orThrow();
  }
}
