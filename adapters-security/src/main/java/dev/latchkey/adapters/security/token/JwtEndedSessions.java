package dev.latchkey.adapters.security.token;

import dev.latchkey.application.port.out.key.OpenedSigningKey;
import dev.latchkey.application.port.out.session.EndedSessionsDocuments;
import dev.latchkey.domain.session.EndedSessionsList;
import dev.latchkey.domain.session.SessionId;

/**
 * Documents of the feed of ended sessions as signed JWTs (RFC 7519). Their type is their own (RFC
 * 8725 §3.11), so that none passes for an access token, or the other way round.
 */
public final class JwtEndedSessions implements EndedSessionsDocuments {

  private static final String TYPE = "ended-sessions+jwt";

  private final String issuer;

  public JwtEndedSessions(String issuer) {
    this.issuer = issuer;
  }

  @Override
  public String sign(EndedSessionsList list, OpenedSigningKey key) {
    String header =
        new JsonObjectText()
            .add("typ", TYPE)
            .add("alg", key.algorithm().jwsName())
            .add("kid", key.id())
            .end();
    return CompactJws.sign(header, claims(list), key::sign);
  }

  private String claims(EndedSessionsList list) {
    var claims =
        new JsonObjectText()
            .add("iss", issuer)
            .add("as_of", list.asOf().toEpochMilli())
            .add("window", list.window().toSeconds());
    if (list.since() != null) {
      var _ = claims.add("since", list.since().toEpochMilli());
    }
    if (list.notBefore() != null) {
      var _ = claims.add("not_before", list.notBefore().getEpochSecond());
    }
    return claims.add("sids", list.sessions().stream().map(SessionId::toString).toList()).end();
  }
}
