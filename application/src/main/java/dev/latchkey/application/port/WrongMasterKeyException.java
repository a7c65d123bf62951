package dev.latchkey.application.port;

import dev.latchkey.domain.key.MasterKeyId;

/**
 * A stored signing key does not open with the master keys of this node: the two do not belong
 * together.
 */
public final class WrongMasterKeyException extends RuntimeException {

  private final int number;
  private final MasterKeyId sealedUnder;

  /**
   * @param number of the signing key
   * @param sealedUnder the master key that it was sealed under
   */
  public WrongMasterKeyException(int number, MasterKeyId sealedUnder) {
    super("signing key " + number + ", sealed under master key " + sealedUnder + ", does not open");
    this.number = number;
    this.sealedUnder = sealedUnder;
  }

  public int number() {
    return number;
  }

  public MasterKeyId sealedUnder() {
    return sealedUnder;
  }
}
