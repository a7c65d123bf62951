package dev.latchkey.bootstrap.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Which version this is, as the build has written it down. */
final class Version implements IVersionProvider {

  private static final String FILE = "/dev/latchkey/bootstrap/version.properties";

  @Override
  public String[] getVersion() {
    var properties = new Properties();
    try (InputStream file = Objects.requireNonNull(Version.class.getResourceAsStream(FILE))) {
      properties.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new String[] {
      "Latchkey " + properties.getProperty("version"),
      "Java " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")"
    };
  }
}
