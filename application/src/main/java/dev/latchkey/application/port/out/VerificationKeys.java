package dev.latchkey.application.port.out;

import java.util.List;

/** The public keys of all access tokens that may still be valid. */
public interface VerificationKeys {

  List<VerificationKey> all();
}
