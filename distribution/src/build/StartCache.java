import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Makes the start cache of an archive: the same bytes whenever and wherever it is made of the same
 * runtime, libraries and list of classes. Run as a source file, on a JDK that need not be the
 * runtime's ({@code docs/adr/0025-what-people-install.md}).
 *
 * <p>The JVM writes the same file every time but for two things. The instants of soft references
 * are milliseconds since the machine started. So the file is written twice: what differs must be
 * such an instant and becomes zero, as for a reference that has never been used, and the checksums
 * are those of the result. Anything else that differs fails the build. And the file notes which
 * methods have been called while it was made. Where the names of the libraries collide in a hash
 * map, more are called, and their names begin with the folder. So it is always made in the same
 * {@link #WORKSHOP}, with the same environment.
 */
final class StartCache {

  // Of the file's header in JDK 25 (cds.h, filemap.hpp): its own checksum and size, then regions.
  private static final int HEADER_CRC = 4;
  private static final int HEADER_SIZE = 12;
  private static final int FIRST_REGION = 0x18;
  private static final int REGION_SIZE = 0x60;
  private static final int REGIONS = 4;
  private static final int REGION_OFFSET = 0x18;
  private static final int REGION_USED = 0x28;

  /** A dump has a heap of its own, and is not to fail in silence. */
  private static final String NOT_OF_A_DUMP = "-X(ms|mx|mn).*|-Xlog.*";

  /** Of all builds on the machine, one after the other. */
  private static final Path WORKSHOP = Path.of("/tmp/latchkey-start-cache");

  private final Path home;
  private final Path classes;

  private StartCache(Path home, Path classes) {
    this.home = home;
    this.classes = classes.toAbsolutePath();
  }

  /** What the JVM wrote, and between which times of its clock, in milliseconds. */
  private record Dump(ByteBuffer bytes, long from, long until) {

    boolean madeAt(long time) {
      return from <= time && time <= until;
    }
  }

  /**
   * @param args the folder that becomes the archive, the list of classes, and the time that its
   *     files get, since the JVM compares it
   */
  public static void main(String[] args) throws IOException {
    Path home = Path.of(args[0]).toAbsolutePath();
    var time = FileTime.from(Instant.parse(args[2]));
    setTimes(home, time);
    Path file = home.resolve("lib/latchkey.aot");
    var cache = new StartCache(home, Path.of(args[1]));
    Files.write(file, cache.make().array());
    setTimes(home, time);
    cache.checkThatItIsAccepted(file);
  }

  private ByteBuffer make() throws IOException {
    try (var turn =
            FileChannel.open(
                WORKSHOP.resolveSibling(WORKSHOP.getFileName() + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
        var _ = turn.lock()) {
      // A build that was killed leaves it behind.
      delete(WORKSHOP);
      copy(home, WORKSHOP);
      try {
        return normalized(dump(), dump());
      } finally {
        delete(WORKSHOP);
      }
    }
  }

  private Dump dump() throws IOException {
    Path file = WORKSHOP.resolve("lib/latchkey.aot");
    var command = new ArrayList<>(List.of(WORKSHOP + "/runtime/bin/java"));
    try (var lines = Files.lines(home.resolve("latchkey.options"))) {
      lines
          .filter(line -> line.startsWith("-") && !line.matches(NOT_OF_A_DUMP))
          .forEach(command::add);
    }
    command.addAll(
        List.of(
            // The size of the machine would be in the file.
            "-Xms256m",
            "-Xmx256m",
            "-Xlog:disable",
            "-Xlog:all=error:stderr",
            "-Xshare:dump",
            "-XX:+AOTClassLinking",
            "-XX:SharedClassListFile=" + classes,
            "-XX:SharedArchiveFile=" + file,
            // As a path below the folder: the JVM accepts another folder in front of it.
            "-classpath",
            "lib/latchkey.jar"));
    Files.deleteIfExists(file);
    long from = uptime();
    run(WORKSHOP, command);
    var bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    return new Dump(bytes, from, uptime() + 1);
  }

  /**
   * In a folder that is not the one it was made in, where the JVM does not find the libraries by
   * the names that the cache has of them.
   */
  private void checkThatItIsAccepted(Path file) throws IOException {
    run(
        home.getRoot(),
        List.of(
            home + "/runtime/bin/java",
            "@" + home.resolve("latchkey.options"),
            "-XX:AOTMode=on",
            "-XX:AOTCache=" + file,
            "-classpath",
            home + "/lib/latchkey.jar",
            "--version"));
  }

  private static void run(Path folder, List<String> command) throws IOException {
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().clear();
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process jvm = builder.start();
    int status = jvm.onExit().join().exitValue();
    if (status != 0) {
      throw new IOException(command + " ended with " + status + ".");
    }
  }

  /** The clock of soft references. */
  private static long uptime() {
    return System.nanoTime() / 1_000_000;
  }

  private static ByteBuffer normalized(Dump one, Dump other) throws IOException {
    ByteBuffer bytes = one.bytes();
    if (bytes.capacity() != other.bytes().capacity()) {
      throw new IOException("Two start caches of the same differ in size.");
    }
    checkSums(bytes, false);
    int body = bytes.getInt(HEADER_SIZE);
    for (int at = body & -Long.BYTES; at + Long.BYTES <= bytes.capacity(); at += Long.BYTES) {
      if (bytes.getLong(at) != other.bytes().getLong(at)) {
        if (!one.madeAt(bytes.getLong(at)) || !other.madeAt(other.bytes().getLong(at))) {
          throw new IOException("Two start caches of the same differ at " + at + ".");
        }
        bytes.putLong(at, 0);
      }
    }
    checkSums(bytes, true);
    return bytes;
  }

  /** Checks that this is how the JVM computes them, or computes them again. */
  private static void checkSums(ByteBuffer bytes, boolean correct) throws IOException {
    for (int i = 0; i < REGIONS; i++) {
      int region = FIRST_REGION + i * REGION_SIZE;
      int offset = Math.toIntExact(bytes.getLong(region + REGION_OFFSET));
      int used = Math.toIntExact(bytes.getLong(region + REGION_USED));
      checkSum(bytes, region, offset, used, correct);
    }
    int begin = HEADER_SIZE + Integer.BYTES;
    checkSum(bytes, HEADER_CRC, begin, bytes.getInt(HEADER_SIZE) - begin, correct);
  }

  private static void checkSum(ByteBuffer bytes, int at, int offset, int size, boolean correct)
      throws IOException {
    var sum = new CRC32();
    sum.update(bytes.array(), offset, size);
    if (correct) {
      bytes.putInt(at, (int) sum.getValue());
    } else if (bytes.getInt(at) != (int) sum.getValue()) {
      throw new IOException(
          "This JVM writes start caches in an unknown form: see StartCache.java.");
    }
  }

  /** With their times, which the JVM compares. */
  private static void copy(Path from, Path to) throws IOException {
    try (var tree = Files.walk(from)) {
      for (Path path : tree.toList()) {
        Files.copy(
            path,
            to.resolve(from.relativize(path)),
            StandardCopyOption.COPY_ATTRIBUTES,
            LinkOption.NOFOLLOW_LINKS);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      try (var tree = Files.walk(folder)) {
        for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  private static void setTimes(Path folder, FileTime time) throws IOException {
    try (var tree = Files.walk(folder)) {
      for (Path path : tree.toList()) {
        Files.setLastModifiedTime(path, time);
      }
    }
  }
}
