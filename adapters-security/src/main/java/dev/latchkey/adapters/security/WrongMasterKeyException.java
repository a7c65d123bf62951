package dev.latchkey.adapters.security;

import dev.latchkey.application.port.out.SealedSigningKey;

/** A stored signing key does not open with the master keys of the setting: the two do not belong together. */
public final class WrongMasterKeyException extends RuntimeException {

  WrongMasterKeyException(SealedSigningKey key, MasterKeys masterKeys) {
    super(
        "signing key "
            + key.number()
            + " in the database was sealed under master key "
            + key.masterKeyId()
            + ", which "
            + MasterKeys.SETTING
            + " (with the ids "
            + masterKeys.ids()
            + ") does not hold as it was: set the master keys that belong to this database");
  }
}
