package dev.latchkey.adapters.web.request;

import dev.latchkey.domain.session.Device;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.net.InetAddress;

/** What a request says about the device that sent it. */
public final class Devices {

  private Devices() {}

  /** The address is the peer's: headers that claim another one are not believed. */
  public static Device of(HttpRequest<?> request) {
    InetAddress address = request.getRemoteAddress().getAddress();
    return new Device(
        address == null ? null : address.getHostAddress(),
        request.getHeaders().get(HttpHeaders.USER_AGENT));
  }
}
