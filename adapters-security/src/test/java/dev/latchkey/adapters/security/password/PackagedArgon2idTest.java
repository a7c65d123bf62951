package dev.latchkey.adapters.security.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The library in the jar, and what happens where it does not work. */
@EnabledOnOs(
    value = {OS.LINUX, OS.MAC},
    architectures = {"amd64", "x86_64", "aarch64"})
final class PackagedArgon2idTest extends Argon2idContract {

  private static final NativeArgon2id ARGON2ID = NativeArgon2id.packaged().orElseThrow();

  @TempDir Path folder;

  @Override
  Argon2id.RawHash argon2id() {
    return ARGON2ID;
  }

  @Test
  void leavesNoFile() throws IOException {
    SymbolLookup library = PackagedLibrary.load(PackagedLibrary.open(), folder);

    assertThat(library.find("argon2id_ctx")).isPresent();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void leavesNoFileThatIsNoLibrary() {
    assertThatThrownBy(() -> PackagedLibrary.load(nonsense(), folder))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void isReadAndWrittenByNobodyElse() throws IOException {
    var library =
        new InputStream() {
          private String permissions = "";

          @Override
          public int read() throws IOException {
            try (var files = Files.list(folder)) {
              Path file = files.findFirst().orElseThrow();
              permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
            }
            return -1;
          }

          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            return read();
          }
        };

    assertThatThrownBy(() -> PackagedLibrary.load(library, folder))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(library.permissions).isEqualTo("rw-------");
  }

  @Test
  void isNotUsedWhereItCannotBeWritten() {
    assertThat(
            NativeArgon2id.of(
                () -> PackagedLibrary.load(PackagedLibrary.open(), folder.resolve("missing"))))
        .isEmpty();
    assertThatThrownBy(
            () -> PackagedLibrary.load(PackagedLibrary.open(), folder.resolve("missing")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void isNotUsedIfItIsNone() {
    assertThat(NativeArgon2id.of(() -> PackagedLibrary.load(nonsense(), folder))).isEmpty();
  }

  @Test
  void isNotUsedIfItDoesNotHaveTheFunction() {
    assertThat(NativeArgon2id.of(() -> Linker.nativeLinker().defaultLookup())).isEmpty();
  }

  /** Functions of the same shape that compute something else, or fail. */
  @Test
  void isNotUsedIfItComputesSomethingElse() throws IOException {
    SymbolLookup library = PackagedLibrary.load();

    assertThat(NativeArgon2id.of(() -> _ -> library.find("argon2i_ctx"))).isEmpty();
    assertThat(NativeArgon2id.of(() -> _ -> library.find("argon2d_ctx"))).isEmpty();
    assertThat(NativeArgon2id.of(() -> _ -> library.find("argon2id_ctx"))).isPresent();
  }

  private static InputStream nonsense() {
    return new ByteArrayInputStream(new byte[100]);
  }
}
