package dev.latchkey.testkit;

import dev.latchkey.application.port.out.mail.MailedCodes;
import dev.latchkey.domain.code.CodeHash;
import dev.latchkey.domain.code.CodePurpose;
import dev.latchkey.domain.code.MailedCode;
import dev.latchkey.domain.user.UserId;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/** {@link MailedCodes} in memory. */
public final class InMemoryMailedCodes implements MailedCodes {

  private final InMemoryStore store;

  public InMemoryMailedCodes(InMemoryStore store) {
    this.store = store;
  }

  @Override
  public void add(MailedCode code) {
    store.put(store.mailedCodes, code.hash(), code);
  }

  @Override
  public Optional<MailedCode> find(CodeHash hash) {
    return store.statement(() -> Optional.ofNullable(store.mailedCodes.get(hash)));
  }

  @Override
  public Optional<MailedCode> take(CodeHash hash) {
    return store.statement(
        () -> {
          Optional<MailedCode> taken = find(hash);
          store.remove(store.mailedCodes, hash);
          return taken;
        });
  }

  @Override
  public void deleteOf(UserId owner, CodePurpose purpose) {
    int _ =
        delete(code -> code.owner().equals(owner) && code.purpose() == purpose, Integer.MAX_VALUE);
  }

  @Override
  public void deleteOf(UserId owner) {
    int _ = delete(code -> code.owner().equals(owner), Integer.MAX_VALUE);
  }

  @Override
  public int deleteExpiredBefore(Instant time, int limit) {
    return delete(code -> code.expiresAt().isBefore(time), limit);
  }

  private int delete(Predicate<MailedCode> condition, int limit) {
    return store.statement(
        () -> {
          var hashes =
              store.mailedCodes.values().stream()
                  .filter(condition)
                  .map(MailedCode::hash)
                  .limit(limit)
                  .toList();
          hashes.forEach(hash -> store.remove(store.mailedCodes, hash));
          return hashes.size();
        });
  }
}
