package dev.latchkey.adapters.security.blocklist;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BreachFilterFileTest {

  @TempDir private Path folder;

  @Test
  void takesFewerThanOneInAThousandForWhatItIsNot() throws IOException {
    BreachFilterFile filter = filter(200_000);

    long mistaken =
        IntStream.range(0, 200_000).filter(i -> filter.contains(hash("other " + i))).count();

    assertThat(mistaken).isLessThan(200);
  }

  @Test
  void hasTwoBytesForEachHashOfWholeBlocks() throws IOException {
    assertThat(BreachFilterFile.size(0)).isEqualTo(2 * 4096);
    assertThat(BreachFilterFile.size(2048)).isEqualTo(2 * 4096);
    assertThat(BreachFilterFile.size(2049)).isEqualTo(3 * 4096);
    assertThat(BreachFilterFile.size(1_000_000_000)).isBetween(2_000_000_000L, 2_000_010_000L);
    BreachFilterFile _ = filter(10_000);
    assertThat(Files.size(file())).isEqualTo(BreachFilterFile.size(10_000));
  }

  /** By hand: block 1 of 2; a = 9, b = 0x7003 after its last bit is set. */
  @Test
  void hasTheFormatThatIsDocumented() throws IOException {
    byte[] hash = new byte[20];
    ByteBuffer.wrap(hash).putLong(0x8000_0000_0000_0000L).putInt(9).putInt(0x7002);
    try (Arena mapping = Arena.ofConfined()) {
      BreachFilterFile filter = BreachFilterFile.create(file(), 4096, mapping);
      filter.add(hash);
      filter.force();
    }

    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file()));
    byte[] magic = new byte[8];
    bytes.get(magic);
    assertThat(new String(magic, US_ASCII)).isEqualTo("LKBREACH");
    assertThat(bytes.getInt()).isOne();
    assertThat(bytes.getInt()).isEqualTo(10);
    assertThat(bytes.getLong()).isEqualTo(2);
    assertThat(bytes.getLong()).isEqualTo(4096);
    var expected = new byte[3 * 4096];
    for (int i = 0; i < 10; i++) {
      int bit = (9 + i * 0x7003) % 32768;
      expected[2 * 4096 + bit / 8] |= (byte) (0x80 >> bit % 8);
    }
    assertThat(bytes.array()).endsWith(Arrays.copyOfRange(expected, 4096, 3 * 4096));
  }

  /** A sparse file: it has a size, and next to no blocks on the disk. */
  @Test
  void mayBeLargerThanTwoGibibytes() throws IOException {
    long hashes = 1_500_000_000;
    byte[] last = new byte[20];
    Arrays.fill(last, (byte) -1);
    try (Arena mapping = Arena.ofConfined()) {
      BreachFilterFile filter = BreachFilterFile.create(file(), hashes, mapping);
      filter.add(last);
      filter.force();
    }

    assertThat(Files.size(file())).isGreaterThan(Integer.MAX_VALUE);
    BreachFilterFile filter = BreachFilterFile.open(file());
    assertThat(filter.contains(last)).isTrue();
    assertThat(filter.contains(new byte[20])).isFalse();
  }

  @Test
  void isNotMadeOverAnother() throws IOException {
    Files.writeString(file(), "mine");

    try (Arena mapping = Arena.ofConfined()) {
      assertThatThrownBy(() -> BreachFilterFile.create(file(), 1, mapping))
          .isInstanceOf(FileAlreadyExistsException.class);
    }
    assertThat(file()).hasContent("mine");
  }

  @Test
  void isNotOpenedIfItIsNotThereOrAFolder() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BreachFilterFile.open(file()))
        .withMessage("there is no file " + file());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BreachFilterFile.open(folder))
        .withMessage("there is no file " + folder);
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "7", "8", "35", "36", "4095", "4096", "8191", "12287", "12289", "16384"})
  void isNotOpenedIfItIsShorterOrLongerThanItWasBuilt(long size) throws IOException {
    BreachFilterFile _ = filter(4096);
    assertThat(Files.size(file())).isEqualTo(12288);
    try (FileChannel channel = FileChannel.open(file(), WRITE)) {
      if (size < 12288) {
        channel.truncate(size);
      } else {
        assertThat(channel.write(ByteBuffer.allocate((int) size - 12288), 12288)).isPositive();
      }
    }

    assertThatIllegalArgumentException()
        .isThrownBy(() -> BreachFilterFile.open(file()))
        .withMessageStartingWith(file().toString())
        .withMessageEndingWith("build it with build-password-filter");
  }

  @Test
  void isNotOpenedIfItIsSomethingElse() throws IOException {
    Files.writeString(file(), "four herons\n".repeat(10_000));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> BreachFilterFile.open(file()))
        .withMessageContaining("is not a password filter");
  }

  @ParameterizedTest
  @CsvSource({
    "0, is not a password filter",
    "11, is of version 0",
    "15, is damaged",
    "12, is damaged",
    "16, is damaged",
    "23, is damaged",
    "31, is damaged",
    "32, is damaged",
    "35, is damaged"
  })
  void isNotOpenedIfAByteOfItsHeadIsAnother(int at, String message) throws IOException {
    BreachFilterFile _ = filter(4096);
    byte[] bytes = Files.readAllBytes(file());
    bytes[at] ^= 1;
    Files.write(file(), bytes);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> BreachFilterFile.open(file()))
        .withMessageContaining(message);
  }

  /** With so many hashes, which it is made for. */
  private BreachFilterFile filter(int hashes) throws IOException {
    try (Arena mapping = Arena.ofConfined()) {
      BreachFilterFile filter = BreachFilterFile.create(file(), hashes, mapping);
      IntStream.range(0, hashes).forEach(i -> filter.add(hash("leaked " + i)));
      filter.force();
    }
    return BreachFilterFile.open(file());
  }

  private Path file() {
    return folder.resolve("filter");
  }

  private static byte[] hash(String text) {
    try {
      return MessageDigest.getInstance("SHA-1").digest(text.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
