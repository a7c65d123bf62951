package dev.latchkey.adapters.web.account;

import dev.latchkey.adapters.web.request.Fields;
import dev.latchkey.adapters.web.request.JsonRequest;
import dev.latchkey.adapters.web.request.Secret;
import dev.latchkey.application.port.in.account.VerifyEmail;
import dev.latchkey.domain.code.Code;
import dev.latchkey.domain.session.Device;
import dev.latchkey.domain.text.InputText;
import dev.latchkey.domain.text.Parsed;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Objects;

/** The body of a verification: the mailed code. */
record CodeRequest(
    @Schema(
            type = "string",
            requiredMode = Schema.RequiredMode.REQUIRED,
            example = "7K3M-9QXT-2BVN-HD4C-8RWJ-5FZA")
        Secret code)
    implements JsonRequest {

  /** Longer than any spelling of a code. */
  private static final int MAX_CODE = 64;

  CodeRequest {
    code = Objects.requireNonNullElse(code, Secret.EMPTY);
  }

  /** A text that may be a code; whether it is one is not said. */
  static Parsed<String> parse(String text) {
    return InputText.parse(text, MAX_CODE);
  }

  VerifyEmail.Command toCommand(Device device) {
    var fields = new Fields();
    Parsed<String> typed = fields.require("code", code.reveal(), CodeRequest::parse);
    fields.orRefuse();
    return new VerifyEmail.Command(Code.parse(typed.orThrow()), device);
  }
}
