package dev.latchkey.adapters.web.request;

import dev.latchkey.domain.session.Device;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.net.InetAddress;

/** What a request says about the device that sent it. */
@Singleton
public final class Devices {

  private static final String FORWARDED_FOR = "X-Forwarded-For";

  private final TrustedProxies proxies;

  Devices(TrustedProxies proxies) {
    this.proxies = proxies;
  }

  /**
   * The address is the one that the trusted proxies name, or else the peer's: what the device
   * itself says of it is not believed.
   */
  public Device of(HttpRequest<?> request) {
    InetAddress address =
        proxies
            .client(request.getHeaders().getAll(FORWARDED_FOR))
            .orElse(request.getRemoteAddress().getAddress());
    return new Device(
        address == null ? null : address.getHostAddress(),
        request.getHeaders().get(HttpHeaders.USER_AGENT));
  }
}
