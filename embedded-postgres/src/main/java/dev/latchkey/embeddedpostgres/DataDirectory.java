package dev.latchkey.embeddedpostgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder in which a program without a configured database keeps everything: the cluster and the
 * secrets. Only its owner may enter it, and only one process at a time may use it.
 */
public final class DataDirectory implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private static final Set<PosixFilePermission> OF_THE_OWNER =
      PosixFilePermissions.fromString("rwx------");

  /**
   * The folders this JVM holds. The operating system's lock cannot tell one opener from another
   * inside one process, and merely closing a second channel on the file would release it.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel lock;

  private DataDirectory(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Makes the folder if it is missing, and reserves it for this process, until {@link #close} or
   * the end of the process, whatever ends it. A folder that is open to other users is closed to
   * them. A symbolic link stands for the folder that it leads to now.
   *
   * @throws DataDirectoryInUseException if another process has it
   * @throws DataDirectoryException if it is not a folder, belongs to another user, or cannot be
   *     written
   */
  public static DataDirectory open(Path directory) {
    try {
      Files.createDirectories(directory, onlyOwner("rwx------"));
      Path path = directory.toRealPath();
      closeToOthers(path);
      if (!HELD.add(path)) {
        throw inUse(path, Long.toString(ProcessHandle.current().pid()));
      }
      try {
        return new DataDirectory(path, lock(path));
      } catch (IOException | RuntimeException e) {
        HELD.remove(path);
        throw e;
      }
    } catch (FileAlreadyExistsException e) {
      throw new DataDirectoryException("The data directory " + directory + " is not a folder.", e);
    } catch (IOException e) {
      throw new DataDirectoryException(
          "The data directory "
              + directory
              + " cannot be written ("
              + e
              + "): make it writable for this user.",
          e);
    }
  }

  /**
   * Takes the permissions of group and others away, on systems that have them. It says so in the
   * log, because whoever had them may have used them.
   *
   * @throws EmbeddedPostgresException if another user owns it, or the symbolic link to it
   */
  private static void closeToOthers(Path path) throws IOException {
    if (!POSIX) {
      return;
    }
    requireOwn(path, Files.getOwner(path, LinkOption.NOFOLLOW_LINKS));
    requireOwn(path, Files.getOwner(path));
    Set<PosixFilePermission> found = Files.getPosixFilePermissions(path);
    Set<PosixFilePermission> kept = EnumSet.copyOf(OF_THE_OWNER);
    kept.retainAll(found);
    if (!kept.equals(found)) {
      Files.setPosixFilePermissions(path, kept);
      LOG.warn(
          "Other users had access to {} ({}). Now only its owner has, but they may know what is in"
              + " it.",
          path,
          PosixFilePermissions.toString(found));
    }
  }

  private static void requireOwn(Path path, UserPrincipal owner) {
    String user = ProcessHandle.current().info().user().orElse(owner.getName());
    if (!user.equals(owner.getName())) {
      throw new DataDirectoryException(
          "%s belongs to the user %s, and this program runs as %s: run it as the owner."
              .formatted(path, owner.getName(), user));
    }
  }

  private static FileChannel lock(Path path) throws IOException {
    Path file = own(path, "lock");
    FileChannel channel = openOnlyOwner(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    // Far behind the text, because on Windows a locked byte cannot be read, and the text is for
    // others to read.
    FileLock taken = channel.tryLock(Long.MAX_VALUE - 1, 1, false);
    if (taken == null) {
      channel.close();
      throw inUse(path, Files.readString(file).strip());
    }
    channel.truncate(0);
    write(channel, ProcessHandle.current().pid() + "\n");
    return channel;
  }

  private static DataDirectoryException inUse(Path path, String holder) {
    return new DataDirectoryInUseException(
        "The data directory "
            + path
            + " is in use by another process, "
            + holder
            + ": stop that process.");
  }

  Path resolve(String name) {
    return path.resolve(name);
  }

  /**
   * The file or folder of this name. One that exists is closed to other users, as the data
   * directory is.
   *
   * @throws EmbeddedPostgresException if it belongs to another user
   */
  Path own(String name) throws IOException {
    return own(path, name);
  }

  private static Path own(Path folder, String name) throws IOException {
    Path path = folder.resolve(name);
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      closeToOthers(path);
    }
    return path;
  }

  /**
   * The secret kept in the file of this name. At the first call it is made and written, readable
   * for the owner alone; a file that exists is never written again, but closed to other users.
   *
   * @throws EmbeddedPostgresException if the file is empty, belongs to another user, or cannot be
   *     read or written
   */
  public synchronized String secret(String name, Supplier<String> maker) {
    Path file = path.resolve(name);
    try {
      if (Files.notExists(own(name))) {
        write(file, maker.get() + "\n");
      }
    } catch (IOException e) {
      throw new EmbeddedPostgresException(
          "The file " + file + " cannot be written (" + e + "): repair it.", e);
    }
    return existingSecret(path, name);
  }

  /**
   * The secret kept in the file of this name in a directory that another process has.
   *
   * @throws EmbeddedPostgresException if the file is missing or empty, or cannot be read
   */
  public static String existingSecret(Path directory, String name) {
    Path file = directory.resolve(name);
    try {
      String secret = Files.readString(file).strip();
      if (secret.isEmpty()) {
        throw new EmbeddedPostgresException(
            "The file " + file + " is empty: put back the secret that was in it.");
      }
      return secret;
    } catch (IOException e) {
      throw new EmbeddedPostgresException(
          "The file " + file + " cannot be read (" + e + "): repair it.", e);
    }
  }

  /**
   * Writes a file for its owner alone. After a crash at any moment the file is as before, or
   * complete.
   */
  static void write(Path file, String text) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(draft);
    try (FileChannel channel =
        openOnlyOwner(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      write(channel, text);
      channel.force(true);
    }
    publish(draft, file);
  }

  /** Gives a finished draft its name, durably. */
  static void publish(Path draft, Path name) throws IOException {
    Files.move(draft, name, StandardCopyOption.ATOMIC_MOVE);
    if (POSIX) {
      try (FileChannel folder =
          FileChannel.open(name.resolveSibling("."), StandardOpenOption.READ)) {
        folder.force(true);
      }
    }
  }

  static void deleteTree(Path root) throws IOException {
    if (Files.exists(root)) {
      try (Stream<Path> tree = Files.walk(root)) {
        for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }
  }

  private static FileChannel openOnlyOwner(Path file, StandardOpenOption... options)
      throws IOException {
    return FileChannel.open(file, Set.of(options), onlyOwner("rw-------"));
  }

  static FileAttribute<?>[] onlyOwner(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static void write(FileChannel channel, String text) throws IOException {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Lets another process use the folder. */
  @Override
  public void close() {
    if (!lock.isOpen()) {
      return;
    }
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      HELD.remove(path);
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
