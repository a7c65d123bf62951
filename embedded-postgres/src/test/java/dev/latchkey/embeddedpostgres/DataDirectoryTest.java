package dev.latchkey.embeddedpostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

final class DataDirectoryTest {

  @TempDir(factory = BelowTarget.class)
  Path temp;

  @Test
  void isMadeForItsOwnerAlone() throws IOException {
    Path folder = temp.resolve("a/b");
    try (DataDirectory directory = DataDirectory.open(folder)) {
      assertThat(permissions(folder)).isEqualTo("rwx------");
      assertThat(permissions(directory.resolve("lock"))).isEqualTo("rw-------");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwxrwx", "rwxr-xr-x", "rwx--x--x"})
  void isClosedToOtherUsersWhoHadAccessToIt(String before) throws IOException {
    Path folder = Files.createDirectory(temp.resolve("open"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(before));

    List<String> warnings = warningsOf(() -> DataDirectory.open(folder).close());

    assertThat(permissions(folder)).isEqualTo("rwx------");
    assertThat(warnings)
        .singleElement()
        .asString()
        .contains(folder.toRealPath() + " (" + before + ")");
    assertThat(warningsOf(() -> DataDirectory.open(folder).close())).isEmpty();
  }

  @Test
  void isClosedToOtherUsersWhereASymbolicLinkLeadsTo() throws IOException {
    Path folder = Files.createDirectory(temp.resolve("open"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path link = Files.createSymbolicLink(temp.resolve("link"), folder);

    try (DataDirectory directory = DataDirectory.open(link)) {
      assertThat(permissions(folder)).isEqualTo("rwx------");
      assertThat(directory).hasToString(folder.toRealPath().toString());
    }
  }

  @Test
  void closesASecretToOtherUsersWhoCouldReadIt() throws IOException {
    Path file = Files.writeString(temp.resolve("key"), "made before\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    try (DataDirectory directory = DataDirectory.open(temp)) {
      List<String> warnings =
          warningsOf(
              () -> assertThat(directory.secret("key", () -> "new")).isEqualTo("made before"));

      assertThat(permissions(file)).isEqualTo("rw-------");
      assertThat(warnings)
          .singleElement()
          .asString()
          .contains("key (rw-r--r--)")
          .doesNotContain("made before");
    }
  }

  @Test
  void refusesADirectoryOfAnotherUser() throws IOException {
    Path folder = ofAnotherUser(Files.createDirectory(temp.resolve("theirs")));
    Set<PosixFilePermission> before = Files.getPosixFilePermissions(folder);

    assertThatThrownBy(() -> DataDirectory.open(folder))
        .isInstanceOf(EmbeddedPostgresException.class)
        .hasMessageContaining("belongs to the user " + Files.getOwner(folder).getName())
        .hasMessageEndingWith("run it as the owner.");
    assertThat(Files.getPosixFilePermissions(folder)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"key", "runtime", "postgres"})
  void refusesWhatAnotherUserHasLeftInIt(String name) throws IOException {
    try (DataDirectory directory = DataDirectory.open(temp)) {
      Path file = ofAnotherUser(Files.writeString(directory.resolve(name), "theirs"));

      assertThatThrownBy(() -> directory.own(name))
          .isInstanceOf(EmbeddedPostgresException.class)
          .hasMessageStartingWith(file + " belongs to the user ");
      assertThatThrownBy(() -> directory.secret(name, () -> "ours"))
          .isInstanceOf(EmbeddedPostgresException.class);
    }
  }

  @Test
  void refusesALockOfAnotherUserAndDoesNotWriteToIt() throws IOException {
    Path lock = ofAnotherUser(Files.writeString(temp.resolve("lock"), "theirs"));
    String before = Files.readString(lock);

    assertThatThrownBy(() -> DataDirectory.open(temp))
        .isInstanceOf(EmbeddedPostgresException.class)
        .hasMessageContaining("belongs to the user ");
    assertThat(Files.readString(lock)).isEqualTo(before);
  }

  @Test
  void isRefusedTwiceInOneProcessAndTheRefusalDoesNotFreeItForOthers() throws Exception {
    try (DataDirectory first = DataDirectory.open(temp)) {
      assertThatThrownBy(() -> DataDirectory.open(temp))
          .isInstanceOf(EmbeddedPostgresException.class)
          .hasMessage(inUse(first, ProcessHandle.current().pid()));

      try (ChildJvm other = ChildJvm.holding(temp)) {
        assertThat(other.readLine()).isEqualTo(inUse(first, ProcessHandle.current().pid()));
      }
    }
  }

  @Test
  void isFreeAgainAfterItsHolderWasKilled() throws Exception {
    try (ChildJvm holder = ChildJvm.holding(temp)) {
      assertThat(holder.readLine()).isEqualTo(temp.toRealPath().toString());
      assertThatThrownBy(() -> DataDirectory.open(temp))
          .hasMessage(inUse(temp.toRealPath(), holder.pid()));
    }
    DataDirectory.open(temp).close();
  }

  @Test
  void isFreeAgainAfterItWasClosed() {
    DataDirectory first = DataDirectory.open(temp);
    first.close();
    first.close();
    try (DataDirectory second = DataDirectory.open(temp)) {
      first.close();
      assertThatThrownBy(() -> DataDirectory.open(temp))
          .isInstanceOf(EmbeddedPostgresException.class);
      assertThat(second).hasToString(first.toString());
    }
  }

  @Test
  void refusesAFileInItsPlace() throws IOException {
    Path file = Files.createFile(temp.resolve("file"));

    assertThatThrownBy(() -> DataDirectory.open(file))
        .isInstanceOf(EmbeddedPostgresException.class)
        .hasMessage("The data directory " + file + " is not a folder.");
  }

  @Test
  void refusesAPlaceItCannotWriteTo() throws IOException {
    Path below = Files.createFile(temp.resolve("file")).resolve("folder");

    assertThatThrownBy(() -> DataDirectory.open(below))
        .isInstanceOf(EmbeddedPostgresException.class)
        .hasMessageStartingWith("The data directory " + below + " cannot be written (")
        .hasMessageEndingWith("make it writable for this user.");
  }

  @Test
  void makesASecretOnceForItsOwnerAlone() throws IOException {
    try (DataDirectory directory = DataDirectory.open(temp)) {
      assertThat(directory.secret("key", () -> "first")).isEqualTo("first");
      assertThat(directory.secret("key", () -> "second")).isEqualTo("first");
      assertThat(permissions(temp.resolve("key"))).isEqualTo("rw-------");
    }
    try (DataDirectory directory = DataDirectory.open(temp)) {
      assertThat(directory.secret("key", () -> "third")).isEqualTo("first");
    }
  }

  @Test
  void makesASecretAgainThatACrashLeftUnfinished() throws IOException {
    Files.writeString(temp.resolve("key.new"), "hal");
    try (DataDirectory directory = DataDirectory.open(temp)) {
      assertThat(directory.secret("key", () -> "whole")).isEqualTo("whole");
      assertThat(temp.resolve("key.new")).doesNotExist();
    }
  }

  @Test
  void refusesAnEmptySecretAndLeavesItAlone() throws IOException {
    Path file = Files.writeString(temp.resolve("key"), "\n");
    try (DataDirectory directory = DataDirectory.open(temp)) {
      assertThatThrownBy(() -> directory.secret("key", () -> "new"))
          .isInstanceOf(EmbeddedPostgresException.class)
          .hasMessage(
              "The file "
                  + directory.resolve("key")
                  + " is empty: put back the secret that was in it.");
      assertThat(file).hasContent("\n");
    }
  }

  @Test
  void refusesASecretThatCannotBeRead() throws IOException {
    Files.createDirectory(temp.resolve("key"));
    try (DataDirectory directory = DataDirectory.open(temp)) {
      assertThatThrownBy(() -> directory.secret("key", () -> "new"))
          .isInstanceOf(EmbeddedPostgresException.class)
          .hasMessageStartingWith("The file " + directory.resolve("key") + " cannot be read (");
    }
  }

  private static String inUse(Object folder, long pid) {
    return "The data directory "
        + folder
        + " is in use by another process, "
        + pid
        + ": stop that process.";
  }

  /**
   * Root gives the file or folder away; who cannot do that replaces it by a link to one of root.
   */
  private static Path ofAnotherUser(Path path) throws IOException {
    if (ProcessHandle.current().info().user().filter("root"::equals).isPresent()) {
      UserPrincipal nobody =
          path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
      return Files.setOwner(path, nobody);
    }
    Path ofRoot = Files.isDirectory(path) ? Path.of("/usr") : Path.of("/etc/hosts");
    Files.delete(path);
    return Files.createSymbolicLink(path, ofRoot);
  }

  private static List<String> warningsOf(Runnable action) {
    var appender = new ListAppender<ILoggingEvent>();
    Logger log = (Logger) LoggerFactory.getLogger(DataDirectory.class);
    log.addAppender(appender);
    appender.start();
    try {
      action.run();
    } finally {
      log.detachAppender(appender);
    }
    return appender.list.stream()
        .filter(event -> event.getLevel() == Level.WARN)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
