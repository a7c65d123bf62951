package dev.latchkey.examples.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * A service of yours has none of Latchkey's code but the kit; so this one must do with that, too.
 */
final class IndependenceTest {

  private static final String OURS = "dev.latchkey.examples.tasks";
  private static final String POSTGRES = "dev.latchkey.embeddedpostgres";
  private static final Set<String> KIT =
      Set.of("dev.latchkey.micronaut", "dev.latchkey.resourceserver");

  @Test
  void latchkeyIsKnownByHttpAlone() {
    assertThat(
            new ClassFileImporter()
                .importPackages("dev.latchkey").stream()
                    .map(JavaClass::getPackageName)
                    .collect(Collectors.toSet()))
        .as("everything of Latchkey that is on the class path")
        .contains(OURS, POSTGRES)
        .containsAll(KIT)
        .allMatch(name -> name.startsWith(OURS) || name.equals(POSTGRES) || KIT.contains(name));
  }
}
