package dev.latchkey.acceptance.load;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The kits for resource servers, each with the sample that its list of cases is run against. */
enum Kit {
  JAVA("Java"),
  MICRONAUT("Micronaut"),
  SPRING_BOOT("Spring Boot"),
  NODE("Node");

  private static final Path FOLDER = Path.of("..", "resource-servers").toAbsolutePath();

  private final String title;

  Kit(String title) {
    this.title = title;
  }

  @Override
  public String toString() {
    return title;
  }

  private List<String> command() throws IOException {
    return switch (this) {
      case JAVA -> java("java", "JavaSample");
      case MICRONAUT -> java("micronaut", "MicronautSample");
      case SPRING_BOOT -> java("spring-boot", "SpringBootSample");
      case NODE -> List.of("node", FOLDER.resolve("node").resolve("sample.mjs").toString());
    };
  }

  private static List<String> java(String folder, String sample) throws IOException {
    Path target = FOLDER.resolve(folder).resolve("target");
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-classpath",
        String.join(
            File.pathSeparator,
            target.resolve("test-classes").toString(),
            target.resolve("classes").toString(),
            Files.readString(target.resolve("sample.classpath")).strip()),
        "dev.latchkey.sample." + sample);
  }

  /**
   * Starts its sample, a process that ends with this one at the latest; returns when it listens.
   *
   * @param issuer all that it knows of Latchkey
   */
  Sample start(URI issuer) throws IOException {
    int port = Installation.freePort();
    var builder = new ProcessBuilder(command()).redirectErrorStream(true);
    builder
        .environment()
        .putAll(Map.of("LATCHKEY_ISSUER", issuer.toString(), "PORT", Integer.toString(port)));
    Process process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "end-of-sample"));
    BufferedReader output = process.inputReader();
    var said = new StringBuilder();
    for (String line = output.readLine();
        line == null || !line.contains("listening on " + port);
        line = output.readLine()) {
      if (line == null) {
        throw new IOException("the sample for " + this + " did not start:\n" + said);
      }
      said.append(line).append('\n');
    }
    // A full pipe would stop it.
    Thread.ofPlatform().daemon().start(() -> output.lines().forEach(_ -> {}));
    return new Sample(process, URI.create("http://localhost:" + port));
  }

  /**
   * A service with the call {@code GET /reports} for the role {@code auditor}.
   *
   * @param process ends when this is closed
   */
  record Sample(Process process, URI address) implements AutoCloseable {

    static final String ROLE = "auditor";

    @Override
    public void close() {
      process.destroyForcibly();
      process.onExit().join();
    }
  }
}
