package dev.latchkey.bootstrap.observation;

import dev.latchkey.adapters.persistence.connection.SharedStatement;
import dev.latchkey.adapters.persistence.connection.SharedStatementLoad;
import dev.latchkey.adapters.persistence.connection.SharedStatements;
import dev.latchkey.adapters.security.password.Argon2idPasswordHasher;
import dev.latchkey.adapters.web.connection.ConnectionCounts;
import dev.latchkey.adapters.web.connection.ConnectionWatch;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micronaut.context.annotation.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/**
 * Publishes what the adapters count as metrics: hashing, shared statements and connections know
 * nothing of metrics. Each value is read when it is scraped, and costs nothing before.
 */
@Context
final class ServiceMetrics {

  private static final String VERSION = "/dev/latchkey/bootstrap/version.properties";

  private final MeterRegistry registry;

  ServiceMetrics(
      MeterRegistry registry,
      Argon2idPasswordHasher hasher,
      SharedStatements statements,
      ConnectionWatch connections) {
    this.registry = registry;
    measure(hasher);
    statements.byName().forEach(this::measure);
    measure(connections);
    describeBuild();
  }

  private void measure(Argon2idPasswordHasher hasher) {
    gauge("latchkey.hashing.waiting", Tags.empty(), hasher, it -> it.load().waiting());
    gauge("latchkey.hashing.in.progress", Tags.empty(), hasher, it -> it.load().computing());
    counter("latchkey.hashing.refused", Tags.empty(), hasher, it -> it.load().refused());
    FunctionTimer.builder(
            "latchkey.hashing.wait",
            hasher,
            it -> it.load().computed(),
            it -> it.load().waited().toNanos(),
            TimeUnit.NANOSECONDS)
        .register(registry);
  }

  private void measure(String name, SharedStatement<?, ?> statement) {
    var tags = Tags.of("statement", name);
    gauge("latchkey.shared.statement.waiting", tags, statement, it -> it.load().waiting());
    counter(
        "latchkey.shared.statement.trips", tags, statement, tripsOf(SharedStatementLoad::trips));
    counter(
        "latchkey.shared.statement.callers",
        tags,
        statement,
        tripsOf(SharedStatementLoad::callers));
    counter("latchkey.shared.statement.late", tags, statement, tripsOf(SharedStatementLoad::late));
  }

  private static ToDoubleFunction<SharedStatement<?, ?>> tripsOf(
      ToDoubleFunction<SharedStatementLoad> count) {
    return statement -> count.applyAsDouble(statement.load());
  }

  private void measure(ConnectionWatch connections) {
    gauge("latchkey.connections.open", Tags.empty(), connections, it -> it.counts().open());
    closed(connections, "gave_way", ConnectionCounts::gaveWay);
    closed(connections, "refused", ConnectionCounts::refused);
    closed(connections, "timed_out", ConnectionCounts::timedOut);
  }

  private void closed(
      ConnectionWatch connections, String reason, ToDoubleFunction<ConnectionCounts> count) {
    counter(
        "latchkey.connections.closed",
        Tags.of("reason", reason),
        connections,
        it -> count.applyAsDouble(it.counts()));
  }

  /** Always 1: what counts are the labels. */
  private void describeBuild() {
    gauge(
        "latchkey.build",
        Tags.of("version", version(), "java", Runtime.version().toString()),
        this,
        _ -> 1);
  }

  /** As the build has written it down. */
  private static String version() {
    var properties = new Properties();
    try (InputStream file =
        Objects.requireNonNull(ServiceMetrics.class.getResourceAsStream(VERSION))) {
      properties.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }

  private <T> void gauge(String name, Tags tags, T state, ToIntFunction<T> value) {
    var _ = registry.gauge(name, tags, state, value::applyAsInt);
  }

  private <T> void counter(String name, Tags tags, T state, ToDoubleFunction<T> value) {
    FunctionCounter.builder(name, state, value).tags(tags).register(registry);
  }
}
