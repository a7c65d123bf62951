package dev.latchkey.conformance;

import java.io.IOException;
import java.util.List;

final class MicronautKitTest extends Conformance {

  @Override
  List<String> command() throws IOException {
    return Kits.java("micronaut", "dev.latchkey.sample.MicronautSample");
  }
}
