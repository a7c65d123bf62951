package dev.latchkey.bootstrap.postgres;

import dev.latchkey.bootstrap.startup.StartupException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The folder in which a service without a configured database keeps everything: the cluster and the secrets. Only its
 * owner may enter it, and only one process at a time may use it.
 */
public final class DataDirectory implements AutoCloseable {

  private static final boolean POSIX = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  /**
   * The folders this JVM holds. The operating system's lock cannot tell one opener from another inside one process, and
   * merely closing a second channel on the file would release it.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel lock;

  private DataDirectory(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Makes the folder if it is missing, and takes it for this process, until {@link #close} or the end of the process,
   * whatever ends it.
   *
   * @throws DataDirectoryInUseException if another process has it
   * @throws StartupException if it is not a folder, or cannot be written
   */
  public static DataDirectory open(Path directory) {
    try {
      Files.createDirectories(directory, onlyOwner("rwx------"));
      Path path = directory.toRealPath();
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
      throw new StartupException(
          "The data directory " + directory + " is not a folder: set LATCHKEY_DATA_DIR to a folder.", e);
    } catch (IOException e) {
      throw new StartupException(
          "The data directory " + directory + " cannot be written (" + e + "): make it writable for this user, or set"
              + " LATCHKEY_DATA_DIR to another folder.",
          e);
    }
  }

  private static FileChannel lock(Path path) throws IOException {
    Path file = path.resolve("lock");
    FileChannel channel = openOnlyOwner(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    // Far behind the text, because on Windows a locked byte cannot be read, and the text is for others to read.
    FileLock taken = channel.tryLock(Long.MAX_VALUE - 1, 1, false);
    if (taken == null) {
      channel.close();
      throw inUse(path, Files.readString(file).strip());
    }
    channel.truncate(0);
    write(channel, ProcessHandle.current().pid() + "\n");
    return channel;
  }

  private static StartupException inUse(Path path, String holder) {
    return new DataDirectoryInUseException(
        "The data directory " + path + " is in use by another Latchkey, process " + holder
            + ": stop that process, or set LATCHKEY_DATA_DIR to another folder.");
  }

  Path resolve(String name) {
    return path.resolve(name);
  }

  /**
   * The secret kept in the file of this name. At the first call it is made and written, readable for the owner alone; a
   * file that exists is never written again.
   *
   * @throws StartupException if the file is empty, or cannot be read or written
   */
  public synchronized String secret(String name, Supplier<String> maker) {
    Path file = path.resolve(name);
    try {
      if (Files.notExists(file)) {
        write(file, maker.get() + "\n");
      }
    } catch (IOException e) {
      throw new StartupException("The file " + file + " cannot be written (" + e + "): repair it.", e);
    }
    return existingSecret(path, name);
  }

  /**
   * The secret kept in the file of this name in a directory that another process has.
   *
   * @throws StartupException if the file is missing or empty, or cannot be read
   */
  public static String existingSecret(Path directory, String name) {
    Path file = directory.resolve(name);
    try {
      String secret = Files.readString(file).strip();
      if (secret.isEmpty()) {
        throw new StartupException("The file " + file + " is empty: put back the secret that was in it.");
      }
      return secret;
    } catch (IOException e) {
      throw new StartupException("The file " + file + " cannot be read (" + e + "): repair it.", e);
    }
  }

  /** Writes a file for its owner alone. After a crash at any moment the file is as before, or complete. */
  static void write(Path file, String text) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(draft);
    try (FileChannel channel = openOnlyOwner(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      write(channel, text);
      channel.force(true);
    }
    publish(draft, file);
  }

  /** Gives a finished draft its name, durably. */
  static void publish(Path draft, Path name) throws IOException {
    Files.move(draft, name, StandardCopyOption.ATOMIC_MOVE);
    if (POSIX) {
      try (FileChannel folder = FileChannel.open(name.resolveSibling("."), StandardOpenOption.READ)) {
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

  private static FileChannel openOnlyOwner(Path file, StandardOpenOption... options) throws IOException {
    return FileChannel.open(file, Set.of(options), onlyOwner("rw-------"));
  }

  static FileAttribute<?>[] onlyOwner(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))}
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
