package dev.latchkey.adapters.security.blocklist;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Builds the file for {@link BreachFilter} from a corpus of leaked passwords, in a memory that does
 * not depend on its size. The corpus is read twice: to count, and to add. Its form is that of
 * {@link PasswordCorpus}.
 */
public final class BreachFilterBuilder {

  private BreachFilterBuilder() {}

  /**
   * Writes the filter to a file beside the output, which gets its name when it is complete.
   *
   * @param corpus a file with one password, or one hash, in each line
   * @param output where there is no file yet: the filter of a running service is not to be changed
   * @throws IllegalArgumentException if there is no such corpus, or no password in it, or there is
   *     an output already, or no room for it; the message says which
   * @throws IOException if a file cannot be read or written
   */
  public static Built build(Path corpus, Path output) throws IOException {
    if (!Files.isRegularFile(corpus)) {
      throw new IllegalArgumentException("there is no file " + corpus);
    }
    refuseToReplace(output);
    var passwords = new PasswordCorpus(corpus);
    long atMost = passwords.countAtMost();
    Path directory = Objects.requireNonNull(output.toAbsolutePath().getParent());
    long size = BreachFilterFile.size(atMost);
    if (Files.getFileStore(directory).getUsableSpace() < size) {
      throw new IllegalArgumentException(
          "the filter needs " + size + " bytes, more than are free in " + directory);
    }
    Path part =
        directory.resolve(output.getFileName() + "." + ProcessHandle.current().pid() + ".part");
    try {
      long added = write(passwords, part, atMost);
      refuseToReplace(output);
      Files.move(part, output, ATOMIC_MOVE);
      return new Built(added, size);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static void refuseToReplace(Path output) {
    if (Files.exists(output)) {
      throw new IllegalArgumentException(
          output + " is there already: give another name, or move it away first");
    }
  }

  private static long write(PasswordCorpus passwords, Path part, long atMost) throws IOException {
    try (Arena mapping = Arena.ofConfined()) {
      BreachFilterFile filter = BreachFilterFile.create(part, atMost, mapping);
      long added = passwords.forEachHash(filter::add);
      if (added == 0) {
        throw new IllegalArgumentException("no line of the corpus is a password that is refused");
      }
      filter.force();
      return added;
    }
  }

  /**
   * What was built.
   *
   * @param passwords that are in the filter, each as often as in the corpus
   * @param bytes that the file has
   */
  public record Built(long passwords, long bytes) {}
}
