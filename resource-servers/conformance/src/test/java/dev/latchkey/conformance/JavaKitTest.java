package dev.latchkey.conformance;

import java.io.IOException;
import java.util.List;

final class JavaKitTest extends Conformance {

  @Override
  List<String> command() throws IOException {
    return Kits.java("java", "dev.latchkey.sample.JavaSample");
  }
}
