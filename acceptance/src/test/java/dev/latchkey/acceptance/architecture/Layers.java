package dev.latchkey.acceptance.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;

/** The packages that the rules speak of, and the classes in them. */
final class Layers {

  static final String DOMAIN = "dev.latchkey.domain..";
  static final String APPLICATION = "dev.latchkey.application..";
  static final String PORTS_IN = "dev.latchkey.application.port.in..";
  static final String PORTS_OUT = "dev.latchkey.application.port.out..";
  static final String SERVICES = "dev.latchkey.application.service..";
  static final String WEB = "dev.latchkey.adapters.web..";
  static final String PERSISTENCE = "dev.latchkey.adapters.persistence..";
  static final String SECURITY = "dev.latchkey.adapters.security..";
  static final String MAIL = "dev.latchkey.adapters.mail..";
  static final String EMBEDDED_POSTGRES = "dev.latchkey.embeddedpostgres..";
  static final String BOOTSTRAP = "dev.latchkey.bootstrap..";

  /** Everything that is shipped; no tests, some of which are in jars of their own. */
  static final JavaClasses SHIPPED =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(new WithoutTestJars())
          .importPackages("dev.latchkey");

  /** The same without what the compiler makes of annotations. */
  static final JavaClasses WRITTEN_BY_HAND =
      SHIPPED.that(
          describe("are written by hand", (JavaClass type) -> !type.getName().contains(".$")));

  private Layers() {}

  private static final class WithoutTestJars implements ImportOption {

    @Override
    public boolean includes(Location location) {
      return !location.contains("-testkit.jar") && !location.contains("-http-suite.jar");
    }
  }
}
