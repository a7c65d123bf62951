package dev.latchkey.adapters.web.key;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** All signing keys, by ascending number. */
@Schema(name = "SigningKeys")
record SigningKeysResponse(List<SigningKeyResponse> keys) {}
