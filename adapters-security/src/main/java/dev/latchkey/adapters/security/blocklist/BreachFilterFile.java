package dev.latchkey.adapters.security.blocklist;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * A Bloom filter of SHA-1 hashes in a file, which is mapped into memory: it takes no heap, it may
 * be larger than the memory, and nodes on one machine share it. Numbers are big-endian.
 *
 * <pre>
 * offset  bytes
 *      0      8  "LKBREACH"
 *      8      4  version of the format: 1
 *     12      4  probes: how many bits each hash sets
 *     16      8  blocks
 *     24      8  hashes that the filter is made for
 *     32      4  CRC-32 of the bytes before
 *   4096   4096  the first block, and then the others
 * </pre>
 *
 * <p>All bits of a hash are in one block, so that a look-up reads one page. Of the 20 bytes of a
 * hash, the first 8 (h), as an unsigned number, choose the block ⌊h · blocks / 2⁶⁴⌋; hashes in
 * ascending order are therefore written from the beginning of the file to its end. The next 4 are a
 * number a, the 4 after that, their last bit set, a number b; the hash sets the bits (a + i · b)
 * mod 32768 of the block, for i from 0 to probes − 1, the highest bit of a byte first.
 *
 * <p>With 2 bytes for a hash and 10 probes, the filter wrongly contains one in 2000 of the hashes
 * that were not added.
 */
final class BreachFilterFile {

  private static final byte[] MAGIC = "LKBREACH".getBytes(US_ASCII);
  private static final int VERSION = 1;
  private static final int PROBES = 10;
  private static final int MAX_PROBES = 64;
  private static final int CHECKED_BYTES = 32;
  private static final int BLOCK_BYTES = 4096;
  private static final int BLOCK_BITS = BLOCK_BYTES * Byte.SIZE;
  private static final int BYTES_PER_HASH = 2;

  private final MemorySegment bits;
  private final long blocks;
  private final int probes;

  private BreachFilterFile(MemorySegment bits, long blocks, int probes) {
    this.bits = bits;
    this.blocks = blocks;
    this.probes = probes;
  }

  /** How many bytes a file for so many hashes has. */
  static long size(long hashes) {
    return BLOCK_BYTES + blocks(hashes) * BLOCK_BYTES;
  }

  private static long blocks(long hashes) {
    return Math.max(1, Math.ceilDiv(hashes, BLOCK_BYTES / BYTES_PER_HASH));
  }

  /**
   * Makes an empty one. What is added is in the file when {@link #force} returns.
   *
   * @param mapping how long the file can be written
   * @throws IOException if there is such a file, or it cannot be written
   */
  static BreachFilterFile create(Path file, long hashes, Arena mapping) throws IOException {
    long blocks = blocks(hashes);
    try (FileChannel channel = FileChannel.open(file, CREATE_NEW, READ, WRITE)) {
      ByteBuffer header = header(PROBES, blocks, hashes);
      while (header.hasRemaining()) {
        int _ = channel.write(header);
      }
      return new BreachFilterFile(
          channel.map(MapMode.READ_WRITE, BLOCK_BYTES, blocks * BLOCK_BYTES, mapping),
          blocks,
          PROBES);
    }
  }

  private static ByteBuffer header(int probes, long blocks, long hashes) {
    ByteBuffer header = ByteBuffer.allocate(BLOCK_BYTES);
    header.put(MAGIC).putInt(VERSION).putInt(probes).putLong(blocks).putLong(hashes);
    return header.putInt(checksum(header.array())).rewind();
  }

  private static int checksum(byte[] header) {
    var checksum = new CRC32();
    checksum.update(header, 0, CHECKED_BYTES);
    return (int) checksum.getValue();
  }

  /**
   * Maps a file for as long as the filter is in use. The file may be replaced by another meanwhile,
   * which is not read then, but it must not be changed or made shorter.
   *
   * @throws IllegalArgumentException if there is none, or it is no filter, or not all of one; the
   *     message says which
   */
  static BreachFilterFile open(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException("there is no file " + file);
    }
    try (FileChannel channel = FileChannel.open(file, READ)) {
      byte[] header = headerOf(channel);
      ByteBuffer fields = ByteBuffer.wrap(header);
      byte[] magic = new byte[MAGIC.length];
      fields.get(magic);
      require(Arrays.equals(magic, MAGIC), file, "is not a password filter");
      int version = fields.getInt();
      require(version == VERSION, file, "is of version " + version + ", and only 1 can be read");
      int probes = fields.getInt();
      long blocks = fields.getLong();
      boolean plausible = probes > 0 && probes <= MAX_PROBES && blocks > 0;
      require(
          plausible && checksum(header) == ByteBuffer.wrap(header).getInt(CHECKED_BYTES),
          file,
          "is damaged at its beginning");
      long body = channel.size() - BLOCK_BYTES;
      require(
          body % BLOCK_BYTES == 0 && body / BLOCK_BYTES == blocks,
          file,
          "does not have the size that it had when it was built");
      return new BreachFilterFile(
          channel.map(MapMode.READ_ONLY, BLOCK_BYTES, body, Arena.ofAuto()), blocks, probes);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** As much of it as there is, and zeros. */
  private static byte[] headerOf(FileChannel channel) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(BLOCK_BYTES);
    int read = 0;
    while (header.hasRemaining() && read >= 0) {
      read = channel.read(header);
    }
    return header.array();
  }

  private static void require(boolean holds, Path file, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(
          file + " " + otherwise + "; build it with build-password-filter");
    }
  }

  void add(byte[] sha1) {
    ByteBuffer hash = ByteBuffer.wrap(sha1);
    long block = block(hash);
    int position = hash.getInt();
    int step = hash.getInt() | 1;
    for (int i = 0; i < probes; i++) {
      long at = block + offset(position);
      bits.set(
          ValueLayout.JAVA_BYTE, at, (byte) (bits.get(ValueLayout.JAVA_BYTE, at) | bit(position)));
      position += step;
    }
  }

  boolean contains(byte[] sha1) {
    ByteBuffer hash = ByteBuffer.wrap(sha1);
    long block = block(hash);
    int position = hash.getInt();
    int step = hash.getInt() | 1;
    for (int i = 0; i < probes; i++) {
      if ((bits.get(ValueLayout.JAVA_BYTE, block + offset(position)) & bit(position)) == 0) {
        return false;
      }
      position += step;
    }
    return true;
  }

  private long block(ByteBuffer hash) {
    return Math.unsignedMultiplyHigh(hash.getLong(), blocks) * BLOCK_BYTES;
  }

  private static int offset(int position) {
    return Math.floorMod(position, BLOCK_BITS) / Byte.SIZE;
  }

  private static int bit(int position) {
    return 0x80 >>> Math.floorMod(position, Byte.SIZE);
  }

  /** Returns when all that was added is on the disk. */
  void force() {
    bits.force();
  }
}
