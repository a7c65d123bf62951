package dev.latchkey.adapters.web.browser;

import dev.latchkey.adapters.web.request.Devices;
import dev.latchkey.adapters.web.request.Secret;
import dev.latchkey.application.port.in.session.RevokeToken;
import dev.latchkey.domain.client.Client;
import dev.latchkey.domain.session.Binding;
import dev.latchkey.domain.token.TokenText;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** The cookie that a browser loses because it gets another one. */
@Singleton
public final class EarlierCookie {

  private final RevokeToken revokeToken;
  private final Devices devices;

  EarlierCookie(RevokeToken revokeToken, Devices devices) {
    this.revokeToken = revokeToken;
    this.devices = devices;
  }

  /**
   * Ends its session, whosever it is: nobody has it any more, and whoever it belonged to takes it
   * for logged out. A session of another client stays.
   *
   * @param transport of the request that has started another session
   * @param binding of that session: one that is bound to another key stays, too
   */
  public void end(
      RefreshTokenTransport transport,
      Client client,
      @Nullable Binding binding,
      HttpRequest<?> request) {
    Secret presented = transport.keptByBrowser() ? transport.optional(Secret.EMPTY) : Secret.EMPTY;
    if (!presented.isEmpty()) {
      var token = new RevokeToken.Token.Refresh(new TokenText(presented.reveal()));
      var command =
          new RevokeToken.Command(
              token, client.id(), binding == null ? null : binding.key(), devices.of(request));
      switch (revokeToken.execute(command)) {
        case RevokeToken.Result.Revoked(),
            RevokeToken.Result.NothingToRevoke(),
            RevokeToken.Result.OtherClient(),
            RevokeToken.Result.Unproven() -> {
          // The answer is about the session that has started, whatever became of this one.
        }
      }
    }
  }
}
