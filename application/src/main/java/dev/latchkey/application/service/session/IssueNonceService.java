package dev.latchkey.application.service.session;

import dev.latchkey.application.port.in.session.IssueNonce;
import dev.latchkey.application.port.out.session.Nonces;
import java.time.InstantSource;

/** {@link IssueNonce}. */
public final class IssueNonceService implements IssueNonce {

  private final Nonces nonces;
  private final InstantSource clock;

  public IssueNonceService(Nonces nonces, InstantSource clock) {
    this.nonces = nonces;
    this.clock = clock;
  }

  @Override
  public String execute() {
    return nonces.issue(clock.instant());
  }
}
