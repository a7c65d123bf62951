package dev.latchkey.bootstrap.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.bootstrap.startup.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  @Test
  void isRefusedTwiceInOneProcessAndTheRefusalDoesNotFreeItForOthers() throws Exception {
    try (DataDirectory first = DataDirectory.open(temp)) {
      assertThatThrownBy(() -> DataDirectory.open(temp))
          .isInstanceOf(StartupException.class)
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
      assertThatThrownBy(() -> DataDirectory.open(temp)).hasMessage(inUse(temp.toRealPath(), holder.pid()));
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
      assertThatThrownBy(() -> DataDirectory.open(temp)).isInstanceOf(StartupException.class);
      assertThat(second).hasToString(first.toString());
    }
  }

  @Test
  void refusesAFileInItsPlace() throws IOException {
    Path file = Files.createFile(temp.resolve("file"));

    assertThatThrownBy(() -> DataDirectory.open(file))
        .isInstanceOf(StartupException.class)
        .hasMessage("The data directory " + file + " is not a folder: set LATCHKEY_DATA_DIR to a folder.");
  }

  @Test
  void refusesAPlaceItCannotWriteTo() throws IOException {
    Path below = Files.createFile(temp.resolve("file")).resolve("folder");

    assertThatThrownBy(() -> DataDirectory.open(below))
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith("The data directory " + below + " cannot be written (")
        .hasMessageEndingWith("make it writable for this user, or set LATCHKEY_DATA_DIR to another folder.");
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
          .isInstanceOf(StartupException.class)
          .hasMessage("The file " + directory.resolve("key") + " is empty: put back the secret that was in it.");
      assertThat(file).hasContent("\n");
    }
  }

  @Test
  void refusesASecretThatCannotBeRead() throws IOException {
    Files.createDirectory(temp.resolve("key"));
    try (DataDirectory directory = DataDirectory.open(temp)) {
      assertThatThrownBy(() -> directory.secret("key", () -> "new"))
          .isInstanceOf(StartupException.class)
          .hasMessageStartingWith("The file " + directory.resolve("key") + " cannot be read (");
    }
  }

  private static String inUse(Object folder, long pid) {
    return "The data directory " + folder + " is in use by another Latchkey, process " + pid
        + ": stop that process, or set LATCHKEY_DATA_DIR to another folder.";
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
