package dev.latchkey.adapters.web.browser;

import dev.latchkey.adapters.web.request.Secret;
import dev.latchkey.application.port.in.session.IssuedTokens;
import io.micronaut.http.MutableHttpResponse;

/** In the JSON, whatever cookies there are. The client keeps the refresh token. */
enum BodyTransport implements RefreshTokenTransport {
  INSTANCE;

  @Override
  public boolean keptByBrowser() {
    return false;
  }

  @Override
  public Secret required(Secret inJson) {
    return inJson;
  }

  @Override
  public Secret optional(Secret inJson) {
    return inJson;
  }

  @Override
  public Secret inAnswer(IssuedTokens tokens) {
    return new Secret(tokens.refreshTokenText().reveal());
  }

  @Override
  public <T> MutableHttpResponse<T> issue(MutableHttpResponse<T> answer, IssuedTokens tokens) {
    return answer;
  }

  @Override
  public <T> MutableHttpResponse<T> end(MutableHttpResponse<T> answer) {
    return answer;
  }
}
