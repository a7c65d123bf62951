package dev.latchkey.bootstrap.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import dev.latchkey.bootstrap.wiring.ServiceContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The settings of the log take effect as soon as they are known. */
final class ServiceLogTest {

  private static final Map<String, String> DATABASE =
      Map.of(
          "datasources.default.url", "jdbc:postgresql://127.0.0.1:1/latchkey",
          "latchkey.master-key", "bWFzdGVyIGtleSBmb3IgdGVzdHMsIDMyIGJ5dGVzISE=");

  @AfterEach
  void asBefore() {
    ServiceLog.configure(LogFormat.TEXT, LogLevel.INFO);
  }

  @Test
  void isTextFromInfoOnByDefault() {
    open(Map.of());

    assertThat(line("dev.latchkey.a", "hello")).contains("INFO  a - hello");
    assertThat(LoggerFactory.getLogger("dev.latchkey.a").isDebugEnabled()).isFalse();
  }

  @Test
  void isJsonByASystemProperty() {
    open(Map.of("latchkey.log.format", "json"));

    assertThat(line("dev.latchkey.a", "hello")).startsWith("{").contains("\"hello\"");
  }

  @Test
  void isJsonByAConfigurationFile(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("latchkey.yml"), "latchkey.log:\n  format: json\n  level: debug\n");

    open(Map.of("micronaut.config.files", file.toString()));

    assertThat(line("dev.latchkey.a", "hello")).startsWith("{").contains("\"hello\"");
    assertThat(LoggerFactory.getLogger("dev.latchkey.a").isDebugEnabled()).isTrue();
  }

  /** As Micronaut has it, if there is a setting below {@code logger}. */
  @Test
  void staysAsItWasChosenIfLogbackReadsItsConfigurationAgain() throws JoranException {
    ServiceLog.configure(LogFormat.JSON, LogLevel.WARN);
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();

    context.reset();
    var configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(Objects.requireNonNull(ServiceLog.class.getResource("/logback.xml")));

    assertThat(context.getLogger("dev.latchkey").getLevel()).isEqualTo(Level.WARN);
    assertThat(line("dev.latchkey.a", Level.WARN, "hello")).startsWith("{");
  }

  @Test
  void whatLibrariesWriteByTheLoggingOfTheJdkIsPartOfIt() {
    ServiceLog.configure(LogFormat.TEXT, LogLevel.INFO);

    String line =
        written(
            () ->
                java.util.logging.Logger.getLogger("org.postgresql.Driver")
                    .log(java.util.logging.Level.WARNING, "refused {0}", "x\r\nforged"));

    assertThat(line).contains("WARN  Driver - refused x\\r\\nforged").hasLineCount(1);
  }

  private static void open(Map<String, String> settings) {
    DATABASE.forEach(System::setProperty);
    settings.forEach(System::setProperty);
    try {
      var _ = ServiceContext.settings();
    } finally {
      DATABASE.keySet().forEach(System::clearProperty);
      settings.keySet().forEach(System::clearProperty);
    }
  }

  private static String line(String logger, String text) {
    return line(logger, Level.INFO, text);
  }

  private static String line(String logger, Level level, String text) {
    return written(
        () ->
            LoggerFactory.getLogger(logger)
                .atLevel(org.slf4j.event.Level.valueOf(level.toString()))
                .log(text));
  }

  /** What the appender of logback.xml writes meanwhile. */
  private static String written(Runnable action) {
    var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    var console = (ConsoleAppender<?>) root.getAppender("console");
    var bytes = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(bytes, true, UTF_8));
    try {
      assertThat(console.getTarget()).isEqualTo("System.err");
      action.run();
    } finally {
      System.setErr(before);
    }
    return bytes.toString(UTF_8);
  }
}
