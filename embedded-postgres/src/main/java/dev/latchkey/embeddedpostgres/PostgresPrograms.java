package dev.latchkey.embeddedpostgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL's programs, unpacked from the archive on the class path, and how they are run on this
 * machine.
 */
final class PostgresPrograms {

  private static final Logger LOG = LoggerFactory.getLogger(PostgresPrograms.class);
  private static final boolean LINUX = System.getProperty("os.name").equals("Linux");
  private static final int EXECUTABLE = 0100;

  /** What the system's own programs need to find each other; on Windows also to start at all. */
  private static final Set<String> ENVIRONMENT =
      Set.of(
          "PATH",
          "HOME",
          "TMPDIR",
          "LD_LIBRARY_PATH",
          "SystemRoot",
          "SYSTEMROOT",
          "TEMP",
          "TMP",
          "Path");

  private final Path home;
  private final List<String> withoutPrivileges;

  private PostgresPrograms(Path home, List<String> withoutPrivileges) {
    this.home = home;
    this.withoutPrivileges = withoutPrivileges;
  }

  /**
   * Unpacks the programs below the given folder, unless they are there already.
   *
   * @throws UnsupportedMachineException if there are none for this platform, or the user may not
   *     run them
   */
  static PostgresPrograms in(Path runtime) throws IOException {
    List<String> withoutPrivileges = withoutPrivileges();
    Path home = runtime.resolve(digest(archive()));
    if (Files.notExists(home)) {
      DataDirectory.deleteTree(runtime);
      Files.createDirectories(runtime, DataDirectory.onlyOwner("rwx------"));
      Path draft = runtime.resolve("unpacking");
      unpack(archive(), draft);
      DataDirectory.publish(draft, home);
    }
    return new PostgresPrograms(home, withoutPrivileges);
  }

  private static InputStream archive() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String system =
        os.startsWith("mac") ? "darwin" : os.startsWith("windows") ? "windows" : "linux";
    String machine = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
    String name = "postgres-" + system + "-" + machine + ".txz";
    InputStream archive = PostgresPrograms.class.getClassLoader().getResourceAsStream(name);
    if (archive == null) {
      throw new UnsupportedMachineException(
          "This build brings no PostgreSQL for " + system + " on " + machine + ".");
    }
    return archive;
  }

  private static String digest(InputStream archive) throws IOException {
    try (archive) {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      new DigestInputStream(archive, sha256).transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(sha256.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  private static void unpack(InputStream archive, Path folder) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZCompressorInputStream(archive))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path target = folder.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(target);
          continue;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
          continue;
        }
        try (FileChannel channel =
            FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
          channel.transferFrom(Channels.newChannel(tar), 0, entry.getSize());
          channel.force(true);
        }
        if ((entry.getMode() & EXECUTABLE) != 0 && !target.toFile().setExecutable(true)) {
          throw new IOException(target + " cannot be made executable");
        }
      }
    }
  }

  /**
   * PostgreSQL refuses to run as root. In a user namespace without a mapping it is the user nobody
   * to itself and has no privileges (no capabilities) outside. To the file system it remains root,
   * though an unprivileged one: it can read and change whatever belongs to root, but no private
   * file of another user.
   *
   * @return what to put before a command; nothing for an ordinary user
   */
  private static List<String> withoutPrivileges() {
    if (ProcessHandle.current().info().user().filter("root"::equals).isEmpty()) {
      return List.of();
    }
    // PostgreSQL wants to know the name of its user, so that user must have one.
    if (LINUX && succeeds("unshare", "--user", "id", "-un")) {
      LOG.warn(
          "This program runs as root, and so does its PostgreSQL: without root's privileges, but"
              + " able to read and change every file of root. Start it as an ordinary user"
              + " instead.");
      return List.of("unshare", "--user");
    }
    throw new UnsupportedMachineException(
        "The embedded PostgreSQL cannot run as root here: start this program as an ordinary user.");
  }

  private static boolean succeeds(String... command) {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .onExit()
              .join()
              .exitValue()
          == 0;
    } catch (IOException e) {
      LOG.debug("no {}", command[0], e);
      return false;
    }
  }

  /**
   * Whether the process runs one of these programs. Nobody else's PostgreSQL lies in this folder.
   */
  boolean areRunBy(ProcessHandle process) {
    return process
        .info()
        .command()
        .filter(command -> Path.of(command).startsWith(home.getParent()))
        .isPresent();
  }

  /** Ends, by force, whatever an earlier process has left running of these programs. */
  void endAll() {
    List<ProcessHandle> running = ProcessHandle.allProcesses().filter(this::areRunBy).toList();
    while (!running.isEmpty()) {
      running.forEach(ProcessHandle::destroyForcibly);
      running = ProcessHandle.allProcesses().filter(this::areRunBy).toList();
    }
  }

  /**
   * Starts a program that runs on in the background, where the interrupt of a terminal does not
   * reach it: the database has to outlive the last request.
   */
  Process start(String... command) throws IOException {
    return builder(LINUX && succeeds("setsid", "true") ? List.of("setsid") : List.of(), command)
        .start();
  }

  /**
   * Runs a program to its end.
   *
   * @param input what it reads from its standard input
   * @throws EmbeddedPostgresException if it fails, with what it says about that
   */
  void execute(String input, String... command) throws IOException {
    Process process = builder(List.of(), command).start();
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(input.getBytes(StandardCharsets.UTF_8));
    }
    List<String> output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    output.forEach(line -> LOG.debug("{}: {}", command[0], line));
    if (process.onExit().join().exitValue() != 0) {
      String last = output.isEmpty() ? "it does not say why" : output.getLast();
      String reason =
          output.stream().filter(PostgresPrograms::isComplaint).findFirst().orElse(last);
      throw new EmbeddedPostgresException("PostgreSQL's " + command[0] + " failed: " + reason);
    }
  }

  static boolean isComplaint(String line) {
    return line.contains("FATAL:") || line.contains("PANIC:") || line.contains("error:");
  }

  private ProcessBuilder builder(List<String> prefix, String... command) {
    List<String> line = new ArrayList<>(prefix);
    line.addAll(withoutPrivileges);
    line.add(home.resolve("bin").resolve(command[0]).toString());
    line.addAll(List.of(command).subList(1, command.length));
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    // Settings of another PostgreSQL must not reach this one, and the program's own secrets are
    // none of its business.
    builder.environment().keySet().retainAll(ENVIRONMENT);
    builder.environment().put("LC_ALL", "C");
    return builder;
  }
}
