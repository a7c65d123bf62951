package dev.latchkey.conformance;

import java.io.IOException;
import java.util.List;

final class SpringBootKitTest extends Conformance {

  @Override
  List<String> command() throws IOException {
    return Kits.java("spring-boot", "dev.latchkey.sample.SpringBootSample");
  }
}
