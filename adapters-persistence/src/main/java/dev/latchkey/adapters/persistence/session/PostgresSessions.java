package dev.latchkey.adapters.persistence.session;

import dev.latchkey.application.port.out.session.SessionOfUser;
import dev.latchkey.application.port.out.session.Sessions;
import dev.latchkey.domain.session.ClientNetwork;
import dev.latchkey.domain.session.Generation;
import dev.latchkey.domain.session.Revocation;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.user.UserId;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@link Sessions} in the table {@code sessions}: what can race is one conditional update. */
@Singleton
final class PostgresSessions implements Sessions {

  private final SessionRepository rows;
  private final ExchangeStatements exchange;

  PostgresSessions(SessionRepository rows, ExchangeStatements exchange) {
    this.rows = rows;
    this.exchange = exchange;
  }

  @Override
  public void add(Session session) {
    rows.save(SessionRow.of(session));
  }

  @Override
  public Optional<Session> find(SessionId id) {
    return rows.findById(id.value()).map(SessionRow::toSession);
  }

  @Override
  public Optional<SessionOfUser> findWithUser(SessionId id) {
    return exchange
        .find(id.value())
        .map(found -> new SessionOfUser(found.session().toSession(), found.user().toUser()));
  }

  @Override
  public boolean advance(Session rotated, Generation expected) {
    return exchange.advance(
        new ExchangeStatements.Rotation(SessionRow.of(rotated), expected.value()));
  }

  @Override
  public List<Session> activeOf(UserId userId, Instant now) {
    return rows.findActive(userId.value(), now).stream().map(SessionRow::toSession).toList();
  }

  @Override
  public boolean revoke(SessionId id, Revocation revocation) {
    return rows.revoke(id.value(), revocation.at(), revocation.reason()) == 1;
  }

  @Override
  public boolean existsFrom(ClientNetwork network, UserId userId, Instant since) {
    return rows.existsFrom(network.text(), userId.value(), since);
  }
}
