package dev.latchkey.acceptance.resourceserver;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

final class NimbusTest extends ResourceServerTest {

  @Override
  Running start(Latchkey latchkey) throws IOException {
    var reports =
        new NimbusReports(
            URI.create(latchkey.jwks()).toURL(), latchkey.issuer(), latchkey.audience());
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/reports", reports);
    server.start();
    return new Running(
        URI.create("http://localhost:" + server.getAddress().getPort()), () -> server.stop(0));
  }
}
