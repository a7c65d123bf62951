package dev.latchkey.adapters.security.key;

import dev.latchkey.application.port.out.key.SealedSigningKey;

/**
 * A stored signing key does not open with the master keys of the setting: the two do not belong
 * together.
 */
public final class WrongMasterKeyException extends RuntimeException {

  WrongMasterKeyException(SealedSigningKey key, MasterKeys masterKeys) {
    super(
        MasterKeys.SETTING
            + " (ids "
            + masterKeys.ids()
            + ") does not open signing key "
            + key.key().number()
            + " of the database, which was sealed under master key "
            + key.masterKeyId()
            + ": set the master keys that belong to this database");
  }
}
