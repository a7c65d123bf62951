package dev.latchkey.acceptance.resourceserver;

import dev.latchkey.adapters.web.http.DeviceKey;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.filter.DelegatingFilterProxy;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/**
 * Does what Spring Boot would do for the application: Tomcat, the dispatcher servlet and the
 * security filter.
 */
final class SpringSecurityTest extends ResourceServerTest {

  @Override
  Running start(Latchkey latchkey) throws LifecycleException {
    var spring = new AnnotationConfigWebApplicationContext();
    spring.register(SpringReports.class, WebMvc.class);
    spring
        .getEnvironment()
        .getPropertySources()
        .addFirst(new MapPropertySource("latchkey", latchkey.settings()));
    var tomcat = new Tomcat();
    tomcat.setBaseDir(Path.of("target", "tomcat").toAbsolutePath().toString());
    tomcat.setSilent(true);
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "localhost");
    Context context = tomcat.addContext("", null);
    context.addServletContainerInitializer(
        (_, servlets) -> {
          spring.setServletContext(servlets);
          spring.refresh();
          servlets.addServlet("dispatcher", new DispatcherServlet(spring)).addMapping("/");
          servlets
              .addFilter("security", new DelegatingFilterProxy("springSecurityFilterChain", spring))
              .addMappingForUrlPatterns(null, false, "/*");
        },
        Set.of());
    tomcat.start();
    return new Running(
        URI.create("http://localhost:" + tomcat.getConnector().getLocalPort()),
        () -> {
          tomcat.stop();
          tomcat.destroy();
        });
  }

  /** By Spring's own support of DPoP (RFC 9449 §7), which is on without a setting. */
  @Test
  void aBoundTokenIsAcceptedWithAProofOfItsKeyAlone() throws SQLException {
    DeviceKey device = newDevice();
    String bound = boundToken(device);

    callWithProof(device, bound).hasStatus(200);
    callWithProof(newDevice(), bound).hasStatus(401);
    call(bound).hasStatus(401);
  }

  @EnableWebMvc
  static final class WebMvc {}
}
