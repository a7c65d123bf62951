package dev.latchkey.embeddedpostgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The embedded PostgreSQL of a program that is running, as another process of the same owner finds
 * it.
 */
public final class RunningDatabase {

  /** PostgreSQL writes its port there. */
  private static final int PORT_LINE = 3;

  private final String name;
  private final String port;
  private final String password;

  private RunningDatabase(String name, String port, String password) {
    this.name = name;
    this.port = port;
    this.password = password;
  }

  /**
   * Reads the files that the program keeps in its data directory.
   *
   * @throws EmbeddedPostgresException if they are not there, or not to be read by this user
   */
  public static RunningDatabase in(Path directory, String name) {
    try {
      List<String> lines = Files.readAllLines(directory.resolve("postgres/postmaster.pid"));
      if (lines.size() <= PORT_LINE || isSingleUser(lines)) {
        throw new EmbeddedPostgresException(
            "The database in " + directory + " is not ready yet: try again in a moment.");
      }
      return new RunningDatabase(
          name,
          lines.get(PORT_LINE).strip(),
          DataDirectory.existingSecret(directory, "postgres.password"));
    } catch (IOException e) {
      throw new EmbeddedPostgresException(
          "The running database in " + directory + " cannot be found (" + e + ").", e);
    }
  }

  /**
   * PostgreSQL in that mode listens at no port; it marks its process number, in the first line,
   * with a sign.
   */
  private static boolean isSingleUser(List<String> lines) {
    return lines.getFirst().startsWith("-");
  }

  public String jdbcUrl() {
    return Cluster.jdbcUrl(port, name);
  }

  public String username() {
    return name;
  }

  /** The clear text. Only whoever opens connections has a use for it. */
  public String password() {
    return password;
  }

  @Override
  public String toString() {
    return "RunningDatabase[" + jdbcUrl() + "]";
  }
}
