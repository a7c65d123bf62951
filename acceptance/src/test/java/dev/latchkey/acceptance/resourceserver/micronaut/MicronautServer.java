package dev.latchkey.acceptance.resourceserver.micronaut;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.DefaultApplicationContext;
import io.micronaut.context.DefaultApplicationContextBuilder;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.yaml.YamlPropertySourceLoader;
import io.micronaut.inject.BeanDefinitionReference;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A service of its own in a JVM whose class path holds Latchkey too: without Latchkey's beans and
 * settings.
 */
public final class MicronautServer implements AutoCloseable {

  /** The environment in which the beans of this package exist. */
  static final String ENVIRONMENT = "reports";

  private static final String SETTINGS = "/resource-server/micronaut.yml";

  private final ApplicationContext context;
  private final EmbeddedServer server;

  private MicronautServer(ApplicationContext context, EmbeddedServer server) {
    this.context = context;
    this.server = server;
  }

  public static MicronautServer start(Map<String, Object> latchkey) throws IOException {
    ApplicationContext context =
        new WithoutLatchkey()
            .enableDefaultPropertySources(false)
            .environments(ENVIRONMENT)
            .propertySources(settings(), PropertySource.of("latchkey", latchkey))
            .properties(Map.of("micronaut.server.port", "-1"))
            .start();
    return new MicronautServer(context, context.getBean(EmbeddedServer.class).start());
  }

  public URI address() {
    return server.getURI();
  }

  @Override
  public void close() {
    context.close();
  }

  private static PropertySource settings() throws IOException {
    try (InputStream yaml =
        Objects.requireNonNull(MicronautServer.class.getResourceAsStream(SETTINGS))) {
      return PropertySource.of("settings", new YamlPropertySourceLoader().read("settings", yaml));
    }
  }

  private static final class WithoutLatchkey extends DefaultApplicationContextBuilder {

    @Override
    @SuppressWarnings("overrides") // the framework's own
    protected ApplicationContext newApplicationContext() {
      return new DefaultApplicationContext(this) {

        @Override
        @SuppressWarnings("rawtypes") // the framework's signature
        protected List<BeanDefinitionReference> resolveBeanDefinitionReferences() {
          return super.resolveBeanDefinitionReferences().stream()
              .filter(bean -> isOurs(bean.getName()))
              .toList();
        }
      };
    }

    /** Of this package, or of a library. */
    private static boolean isOurs(String bean) {
      return bean.startsWith(MicronautServer.class.getPackageName() + ".")
          || !bean.startsWith("dev.latchkey.");
    }
  }
}
