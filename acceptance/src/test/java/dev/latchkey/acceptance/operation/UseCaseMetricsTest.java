package dev.latchkey.acceptance.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.latchkey.adapters.web.http.HttpTest;
import dev.latchkey.adapters.web.http.Tokens;
import dev.latchkey.application.port.in.session.ExchangeRefreshToken;
import java.lang.reflect.Method;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every use case is counted and timed, by its outcome. */
class UseCaseMetricsTest extends HttpTest {

  private static final String COUNT = "latchkey_use_case_seconds_count";

  @Test
  void everyOutcomeOfEveryUseCaseIsThereFromTheStart() {
    Set<String> expected =
        useCases()
            .flatMap(
                useCase ->
                    outcomes(useCase)
                        .map(outcome -> wordsOf(useCase.getSimpleName()) + " " + outcome))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(expected)
        .hasSizeGreaterThan(150)
        .contains(
            "exchange_refresh_token rotated",
            "exchange_refresh_token reuse_detected",
            "login invalid_credentials",
            "list_sessions done",
            "register storage_unavailable");
    assertThat(
            Scrape.of(client).labelsOf(COUNT).stream()
                .map(labels -> labels.get("use_case") + " " + labels.get("outcome")))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void theOutcomeThatTheCallerMetIsCounted() {
    Map<String, Double> before = exchanges();
    Tokens tokens = client.newcomer();
    Tokens second = Tokens.of(client.refresh(tokens.refresh()).hasStatus(200).json());
    client.refresh(tokens.refresh()).hasStatus(200);
    client.refresh(second.refresh()).hasStatus(200);
    client.refresh(tokens.refresh()).hasStatus(401);
    client.refresh("lkr_none").hasStatus(401);

    Map<String, Double> after = exchanges();

    assertThat(after)
        .allSatisfy(
            (outcome, count) ->
                assertThat(count - before.getOrDefault(outcome, 0.0))
                    .as(outcome)
                    .isEqualTo(
                        switch (outcome) {
                          case "rotated" -> 2;
                          case "retried", "reuse_detected", "unknown" -> 1;
                          default -> 0;
                        }));
  }

  @Test
  void howLongItTookIsInABucket() {
    client.newcomer();

    Scrape scrape = Scrape.of(client);

    Map<String, String> registered = Map.of("use_case", "register", "outcome", "registered");
    assertThat(scrape.sum("latchkey_use_case_seconds_sum", registered)).isPositive();
    assertThat(
            scrape.labelsOf("latchkey_use_case_seconds_bucket").stream()
                .filter(labels -> labels.entrySet().containsAll(registered.entrySet()))
                .map(labels -> labels.get("le")))
        .containsExactly("0.005", "0.02", "0.1", "0.5", "3.0", "+Inf");
  }

  private Map<String, Double> exchanges() {
    Scrape scrape = Scrape.of(client);
    return scrape.labelsOf(COUNT).stream()
        .filter(labels -> "exchange_refresh_token".equals(labels.get("use_case")))
        .collect(
            Collectors.toMap(
                labels -> String.valueOf(labels.get("outcome")),
                labels -> scrape.sum(COUNT, labels)));
  }

  private static Stream<Class<?>> useCases() {
    return new ClassFileImporter()
        .importPackages("dev.latchkey.application.port.in").stream()
            .filter(type -> type.isInterface() && type.isTopLevelClass())
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .map(JavaClass::reflect);
  }

  private static Stream<String> outcomes(Class<?> useCase) {
    Method execute = useCase.getMethods()[0];
    Stream<String> ofResult =
        execute.getReturnType().isSealed() ? cases(execute.getReturnType()) : Stream.of("done");
    return Stream.concat(ofResult, Stream.of("storage_unavailable", "error")).distinct();
  }

  private static Stream<String> cases(Class<?> type) {
    if (type.equals(ExchangeRefreshToken.Result.Exchanged.class)) {
      return Stream.of("rotated", "retried");
    }
    return type.isSealed()
        ? Stream.of(type.getPermittedSubclasses()).flatMap(UseCaseMetricsTest::cases)
        : Stream.of(wordsOf(type.getSimpleName()));
  }

  private static String wordsOf(String name) {
    return name.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }
}
