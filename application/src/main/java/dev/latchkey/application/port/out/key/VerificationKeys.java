package dev.latchkey.application.port.out.key;

import dev.latchkey.application.port.VerificationKey;
import java.util.List;

/** The public keys of all access tokens that may be valid, now or soon. */
public interface VerificationKeys {

  /** By ascending number of their signing keys. */
  List<VerificationKey> all();
}
