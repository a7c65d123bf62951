package dev.latchkey.acceptance.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static dev.latchkey.acceptance.architecture.Layers.APPLICATION;
import static dev.latchkey.acceptance.architecture.Layers.BOOTSTRAP;
import static dev.latchkey.acceptance.architecture.Layers.DOMAIN;
import static dev.latchkey.acceptance.architecture.Layers.EMBEDDED_POSTGRES;
import static dev.latchkey.acceptance.architecture.Layers.MAIL;
import static dev.latchkey.acceptance.architecture.Layers.PERSISTENCE;
import static dev.latchkey.acceptance.architecture.Layers.PORTS_IN;
import static dev.latchkey.acceptance.architecture.Layers.PORTS_OUT;
import static dev.latchkey.acceptance.architecture.Layers.SECURITY;
import static dev.latchkey.acceptance.architecture.Layers.SERVICES;
import static dev.latchkey.acceptance.architecture.Layers.SHIPPED;
import static dev.latchkey.acceptance.architecture.Layers.WEB;
import static dev.latchkey.acceptance.architecture.Layers.WRITTEN_BY_HAND;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CheckReturnValue;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.reflect.Method;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureTest {

  private static final String[] CORE = {DOMAIN, APPLICATION};

  /**
   * Not logging, preferences, desktops, databases and whatever else the JDK keeps in other modules.
   */
  private static final DescribedPredicate<JavaClass> JAVA_BASE =
      describe(
          "are in a package java.* of the module java.base",
          (JavaClass type) ->
              type.getPackageName().startsWith("java.")
                  && Object.class.getModule().getPackages().contains(type.getPackageName()));

  private static final Set<String> ASKS_FOR_THE_TIME =
      Set.of(
          "now",
          "currentTimeMillis",
          "nanoTime",
          "system",
          "systemUTC",
          "systemDefaultZone",
          "tickMillis",
          "tickSeconds",
          "tickMinutes");

  /** Names of texts that let somebody in; not those of hashes, sealed keys and expiry times. */
  private static final Pattern SECRET_NAME =
      Pattern.compile(
          "(?i)(?!sealed)(?!.*(hash|expiresAt)$)"
              + ".*(password|secret|tokenText|refreshToken|accessToken|masterKey|privateKey).*");

  // What a rule says of an empty package is always true, so every package that a rule names is
  // shown to have classes.
  @ParameterizedTest
  @ValueSource(
      strings = {
        DOMAIN,
        APPLICATION,
        PORTS_IN,
        PORTS_OUT,
        SERVICES,
        WEB,
        PERSISTENCE,
        SECURITY,
        MAIL,
        EMBEDDED_POSTGRES,
        BOOTSTRAP
      })
  void everyPackageThatARuleNamesHasClasses(String layer) {
    assertThat(SHIPPED.that(resideInAPackage(layer))).isNotEmpty();
  }

  @Test
  void theDomainKnowsJavaBaseAlone() {
    classes()
        .that()
        .resideInAPackage(DOMAIN)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(DOMAIN, "org.jspecify.annotations..").or(JAVA_BASE))
        .check(SHIPPED);
  }

  @Test
  void theApplicationKnowsTheDomainAndJavaBaseAlone() {
    classes()
        .that()
        .resideInAPackage(APPLICATION)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                    APPLICATION,
                    DOMAIN,
                    "org.jspecify.annotations..",
                    "com.google.errorprone.annotations..")
                .or(JAVA_BASE))
        .check(SHIPPED);
  }

  /** A reading of keys that threads share is one reference, which is replaced as a whole. */
  @Test
  void theDomainSharesNothingBetweenThreads() {
    noClasses()
        .that()
        .resideInAPackage(DOMAIN)
        .should()
        .dependOnClassesThat(resideInAPackage("java.util.concurrent.."))
        .check(SHIPPED);
  }

  @Test
  void theCoreTouchesNeitherDatabasesNorNetworkNorFilesNorThreads() {
    noClasses()
        .that()
        .resideInAnyPackage(CORE)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "java.sql..",
                "java.net..",
                "java.io..",
                "java.nio.file..",
                "java.util.concurrent",
                "java.util.concurrent.locks"))
        .check(SHIPPED);
  }

  @Test
  void theCoreNeverAsksForTheTime() {
    noClasses()
        .that()
        .resideInAnyPackage(CORE)
        .should()
        .accessTargetWhere(describe("asks for the time", ArchitectureTest::asksForTheTime))
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Date.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Calendar.class)
        .check(SHIPPED);
  }

  private static boolean asksForTheTime(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getPackageName();
    boolean clockOfTheJdk =
        owner.startsWith("java.time") || access.getTargetOwner().isEquivalentTo(System.class);
    return clockOfTheJdk && ASKS_FOR_THE_TIME.contains(access.getName());
  }

  @Test
  void theCoreNeverThrowsDice() {
    noClasses()
        .that()
        .resideInAnyPackage(CORE)
        .should()
        .dependOnClassesThat()
        .areAssignableTo(Random.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(ThreadLocalRandom.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(RandomGenerator.class)
        .orShould()
        .accessTargetWhere(describe("throws dice", ArchitectureTest::throwsDice))
        .check(SHIPPED);
  }

  /** Calls and method references. */
  private static boolean throwsDice(JavaAccess<?> access) {
    JavaClass owner = access.getTargetOwner();
    return switch (access.getName()) {
      case "randomUUID" -> owner.isEquivalentTo(UUID.class);
      case "random" -> owner.isEquivalentTo(Math.class) || owner.isEquivalentTo(StrictMath.class);
      case "shuffle" -> owner.isEquivalentTo(Collections.class);
      default -> false;
    };
  }

  @Test
  void theDomainDoesNotKnowWhatItIsUsedFor() {
    noClasses()
        .that()
        .resideInAPackage(DOMAIN)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(APPLICATION, "dev.latchkey.adapters..", BOOTSTRAP)
        .check(SHIPPED);
  }

  @Test
  void theApplicationDoesNotKnowItsAdapters() {
    noClasses()
        .that()
        .resideInAPackage(APPLICATION)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.latchkey.adapters..", BOOTSTRAP)
        .check(SHIPPED);
  }

  @Test
  void adaptersDoNotSeeEachOther() {
    slices().matching("dev.latchkey.adapters.(*)..").should().notDependOnEachOther().check(SHIPPED);
  }

  @Test
  void nothingSeesBootstrap() {
    noClasses()
        .that()
        .resideOutsideOfPackage(BOOTSTRAP)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(BOOTSTRAP)
        .check(SHIPPED);
  }

  @Test
  void adaptersCallUseCasesByTheirPorts() {
    noClasses()
        .that()
        .resideInAPackage("dev.latchkey.adapters..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(SERVICES)
        .check(SHIPPED);
  }

  /** A controller that finds a user by itself skips the rules of the use case. */
  @Test
  void theWebReachesTheCoreThroughUseCasesAlone() {
    noClasses()
        .that()
        .resideInAPackage(WEB)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(PORTS_OUT)
        .check(SHIPPED);
  }

  @Test
  void portsThatAreOfferedDoNotKnowThoseThatAreNeeded() {
    noClasses()
        .that()
        .resideInAPackage(PORTS_IN)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(PORTS_OUT)
        .check(SHIPPED);
  }

  @Test
  void theEmbeddedDatabaseKnowsNothingOfLatchkey() {
    noClasses()
        .that()
        .resideInAPackage(EMBEDDED_POSTGRES)
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.latchkey..").and(resideOutsideOfPackage(EMBEDDED_POSTGRES)))
        .check(SHIPPED);
  }

  @Test
  void onlyBootstrapKnowsTheEmbeddedDatabase() {
    noClasses()
        .that()
        .resideOutsideOfPackages(EMBEDDED_POSTGRES, BOOTSTRAP)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(EMBEDDED_POSTGRES)
        .check(SHIPPED);
  }

  @Test
  void cryptographyNeedsNoFramework() {
    noClasses()
        .that()
        .resideInAPackage(SECURITY)
        .should()
        .dependOnClassesThat(resideInAnyPackage("io.micronaut..", "jakarta.."))
        .check(SHIPPED);
  }

  @Test
  void sendingMailNeedsNoFramework() {
    noClasses()
        .that()
        .resideInAPackage(MAIL)
        .should()
        .dependOnClassesThat(resideInAnyPackage("io.micronaut..", "jakarta.inject.."))
        .check(SHIPPED);
  }

  @Test
  void onlyTheMailAdapterKnowsHowMailIsSent() {
    noClasses()
        .that()
        .resideOutsideOfPackage(MAIL)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("jakarta.mail..", "jakarta.activation..", "org.eclipse.angus.."))
        .check(SHIPPED);
  }

  /** Another adapter of the storage ports may well be on SQL too. */
  @Test
  void neitherTheCoreNorTheWebNorCryptographyNorMailKnowOfSql() {
    noClasses()
        .that()
        .resideInAnyPackage(DOMAIN, APPLICATION, WEB, SECURITY, MAIL)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "java.sql..",
                "javax.sql..",
                "io.micronaut.data..",
                "org.flywaydb..",
                "org.postgresql.."))
        .check(SHIPPED);
  }

  @Test
  void onlyTheWebAdapterAndBootstrapKnowOfHttp() {
    noClasses()
        .that()
        .resideOutsideOfPackages(WEB, BOOTSTRAP)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("io.micronaut.http..", "io.micronaut.security..", "io.netty.."))
        .check(SHIPPED);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.latchkey.(**)").should().beFreeOfCycles().check(SHIPPED);
  }

  /** A query returns its value. */
  @Test
  void everyUseCaseIsOneMethodAndItsResultIsSealed() {
    classes()
        .that()
        .resideInAPackage(PORTS_IN)
        .and()
        .areTopLevelClasses()
        .and()
        .areInterfaces()
        .and(describe("are no package descriptions", ArchitectureTest::isNoPackageInfo))
        .should(haveOneMethodWhoseOutcomesAreTypes())
        .check(SHIPPED);
  }

  private static ArchCondition<JavaClass> haveOneMethodWhoseOutcomesAreTypes() {
    return new ArchCondition<>(
        "have one method, execute: with a record Command as its parameter if there is a Command,"
            + " and returning a sealed Result of two cases or more if there is a Result") {
      @Override
      public void check(JavaClass useCase, ConditionEvents events) {
        Method[] methods = useCase.reflect().getDeclaredMethods();
        boolean holds =
            methods.length == 1
                && methods[0].getName().equals("execute")
                && Arrays.stream(useCase.reflect().getDeclaredClasses())
                    .allMatch(nested -> isInItsPlace(nested, methods[0]));
        events.add(new SimpleConditionEvent(useCase, holds, useCase.getName()));
      }
    };
  }

  private static boolean isInItsPlace(Class<?> nested, Method execute) {
    return switch (nested.getSimpleName()) {
      case "Command" ->
          nested.isRecord() && List.of(execute.getParameterTypes()).equals(List.of(nested));
      case "Result" ->
          nested.isSealed()
              && nested.getPermittedSubclasses().length > 1
              && execute.getReturnType() == nested;
      default -> true;
    };
  }

  /**
   * A switch over a sealed type without default ends, in byte code, in a MatchException; one with
   * default does not.
   */
  @Test
  void whoeverCallsAUseCaseSwitchesOverAllItsOutcomes() {
    methods()
        .that()
        .areDeclaredInClassesThat()
        .resideInAnyPackage(WEB, BOOTSTRAP)
        .and(describe("call a use case that can refuse", ArchitectureTest::callsAUseCase))
        .should(
            new ArchCondition<>("switch exhaustively over the result") {
              @Override
              public void check(JavaMethod method, ConditionEvents events) {
                boolean exhaustive =
                    method.getConstructorCallsFromSelf().stream()
                        .anyMatch(
                            call -> call.getTargetOwner().isEquivalentTo(MatchException.class));
                events.add(new SimpleConditionEvent(method, exhaustive, method.getFullName()));
              }
            })
        .check(WRITTEN_BY_HAND);
  }

  private static boolean callsAUseCase(JavaMethod method) {
    return Stream.concat(
            method.getMethodCallsFromSelf().stream(), method.getMethodReferencesFromSelf().stream())
        .filter(
            call ->
                call.getName().equals("execute")
                    && resideInAPackage(PORTS_IN).test(call.getTargetOwner()))
        .anyMatch(call -> call.getTarget().getRawReturnType().getSimpleName().equals("Result"));
  }

  @Test
  void useCasesArePlainFinalClasses() {
    classes()
        .that()
        .resideInAPackage(SERVICES)
        .and(describe("are no package descriptions", ArchitectureTest::isNoPackageInfo))
        .and(describe("are not sealed", (JavaClass c) -> !c.reflect().isSealed()))
        .and()
        .areTopLevelClasses()
        .should()
        .haveModifier(JavaModifier.FINAL)
        .andShould()
        .notBeAnnotatedWith(DescribedPredicate.alwaysTrue())
        .check(SHIPPED);
  }

  @Test
  void useCasesAreToldTheTimeByAnInstantSource() {
    classes()
        .that()
        .haveSimpleNameEndingWith("Service")
        .and()
        .resideInAPackage(SERVICES)
        .should()
        .onlyDependOnClassesThat(
            describe(
                "are no clocks but InstantSource",
                (JavaClass c) ->
                    !c.isAssignableTo(InstantSource.class)
                        || c.isEquivalentTo(InstantSource.class)))
        .check(SHIPPED);
  }

  @Test
  void answersOfPortsCannotBeIgnored() {
    Stream.of("dev.latchkey.application.port.in", "dev.latchkey.application.port.out")
        .map(SHIPPED::getPackage)
        .flatMap(ports -> Stream.concat(Stream.of(ports), ports.getSubpackagesInTree().stream()))
        .forEach(
            room ->
                assertThat(room.isAnnotatedWith(CheckReturnValue.class))
                    .as(room.getName())
                    .isTrue());
  }

  @Test
  void secretsAreNeverComponentsOfRecordsInClear() {
    classes()
        .that(describe("are records", (JavaClass c) -> c.isRecord()))
        .should(
            new ArchCondition<>("have no secret as a bare text or bytes") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                Arrays.stream(type.reflect().getRecordComponents())
                    .filter(c -> c.getType() == String.class || c.getType() == byte[].class)
                    .filter(c -> SECRET_NAME.matcher(c.getName()).matches())
                    .forEach(
                        c ->
                            events.add(
                                SimpleConditionEvent.violated(
                                    type, type.getName() + "." + c.getName())));
              }
            })
        .check(SHIPPED);
  }

  @Test
  void secretsAreFinalClassesThatDoNotShowThemselves() {
    classes()
        .that(describe("reveal a secret", ArchitectureTest::revealsASecret))
        .should(
            new ArchCondition<>("be final, no record, and have a toString of their own") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                boolean sealed =
                    type.getModifiers().contains(JavaModifier.FINAL)
                        && !type.isRecord()
                        && type.tryGetMethod("toString").isPresent();
                events.add(new SimpleConditionEvent(type, sealed, type.getName()));
              }
            })
        .check(SHIPPED);
    assertThat(SHIPPED.that(describe("reveal a secret", ArchitectureTest::revealsASecret)))
        .hasSizeGreaterThan(2);
  }

  private static boolean revealsASecret(JavaClass type) {
    return type.getMethods().stream().anyMatch(method -> method.getName().startsWith("reveal"));
  }

  @Test
  void namesSayWhatAThingIs() {
    noClasses()
        .should()
        .haveNameMatching(".*(Impl|Utils?|Helpers?|Managers?)(\\$.*)?")
        .orShould()
        .haveNameMatching(".*\\.I[A-Z][a-z]+[A-Z]\\w*")
        .because("a name that says how, or nothing, hides what")
        .check(WRITTEN_BY_HAND);
  }

  @Test
  void controllersAndUseCasesAreNamedAsSuch() {
    classes()
        .that()
        .areAnnotatedWith("io.micronaut.http.annotation.Controller")
        .should()
        .haveSimpleNameEndingWith("Controller")
        .check(SHIPPED);
    classes()
        .that()
        .resideInAPackage(SERVICES)
        .and()
        .implement(resideInAPackage(PORTS_IN))
        .should()
        .haveSimpleNameEndingWith("Service")
        .check(SHIPPED);
  }

  @Test
  void everyPackageSaysWhatBelongsThereAndIsNullMarked() {
    assertThat(SHIPPED.getDefaultPackage().getSubpackagesInTree())
        .filteredOn(ArchitectureTest::isOurs)
        .isNotEmpty()
        .allSatisfy(p -> assertThat(p.isAnnotatedWith(NullMarked.class)).as(p.getName()).isTrue());
  }

  private static boolean isOurs(JavaPackage javaPackage) {
    return javaPackage.getName().startsWith("dev.latchkey") && !javaPackage.getClasses().isEmpty();
  }

  private static boolean isNoPackageInfo(JavaClass type) {
    return !type.getSimpleName().equals("package-info");
  }
}
