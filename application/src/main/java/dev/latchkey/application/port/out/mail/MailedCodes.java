package dev.latchkey.application.port.out.mail;

import dev.latchkey.domain.code.CodeHash;
import dev.latchkey.domain.code.CodePurpose;
import dev.latchkey.domain.code.MailedCode;
import dev.latchkey.domain.user.UserId;
import java.time.Instant;
import java.util.Optional;

/** The codes that were mailed and may still be used, as hashes. */
public interface MailedCodes {

  void add(MailedCode code);

  /** The code of that hash, used or not by the end of this transaction. Takes no lock. */
  Optional<MailedCode> find(CodeHash hash);

  /**
   * Uses a code up. Of several callers at once one gets it; if that one's transaction is rolled
   * back, it can be used again.
   *
   * @return nothing if there is no such code, or it was used
   */
  Optional<MailedCode> take(CodeHash hash);

  /** Deletes all codes of this owner for that purpose. */
  void deleteOf(UserId owner, CodePurpose purpose);

  /** Deletes all codes of this owner. */
  void deleteOf(UserId owner);

  /**
   * @param limit how many at most
   * @return how many
   */
  int deleteExpiredBefore(Instant time, int limit);
}
