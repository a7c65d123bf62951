package dev.latchkey.adapters.security.password;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * The native library in the jar of argon2-jvm, whose classes are not used. The system loads
 * libraries from files alone, so it is a file for a moment.
 */
final class PackagedLibrary {

  /** By the name of the system and of the processor; Windows deletes no library in use. */
  private static final Map<String, String> PLACES =
      Map.of(
          "Linux amd64", "/linux-x86-64/libargon2.so",
          "Linux aarch64", "/linux-aarch64/libargon2.so",
          "Mac OS X x86_64", "/darwin-x86-64/libargon2.dylib",
          "Mac OS X aarch64", "/darwin-aarch64/libargon2.dylib");

  private PackagedLibrary() {}

  /**
   * @throws IOException if there is none for this machine, or it cannot be written
   * @throws IllegalArgumentException if the system does not load it
   */
  static SymbolLookup load() throws IOException {
    try (InputStream library = open()) {
      return load(library, Path.of(System.getProperty("java.io.tmpdir")));
    }
  }

  static InputStream open() throws IOException {
    String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    String place = PLACES.get(platform);
    InputStream library = place == null ? null : PackagedLibrary.class.getResourceAsStream(place);
    if (library == null) {
      throw new IOException("no libargon2 is packaged for " + platform);
    }
    return library;
  }

  /**
   * @param folder where the file may be for a moment
   */
  @SuppressWarnings("restricted") // a native library
  static SymbolLookup load(InputStream library, Path folder) throws IOException {
    // Its name cannot be guessed, and only its owner may read or write it.
    Path file = Files.createTempFile(folder, "latchkey-", ".library");
    try {
      Files.write(file, library.readAllBytes(), StandardOpenOption.WRITE);
      return SymbolLookup.libraryLookup(file, Arena.global());
    } finally {
      Files.delete(file);
    }
  }
}
