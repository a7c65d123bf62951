package dev.latchkey.conformance;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The commands that start the samples of this build. */
final class Kits {

  private Kits() {}

  /**
   * @param module the folder of the kit, whose sample is among its tests
   */
  static List<String> java(String module, String sample) throws IOException {
    Path target = Path.of("..", module, "target").toAbsolutePath();
    String classpath =
        String.join(
            File.pathSeparator,
            target.resolve("test-classes").toString(),
            target.resolve("classes").toString(),
            Files.readString(target.resolve("sample.classpath")).strip());
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-classpath",
        classpath,
        sample);
  }
}
