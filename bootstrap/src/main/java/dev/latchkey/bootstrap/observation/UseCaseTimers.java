package dev.latchkey.bootstrap.observation;

import dev.latchkey.application.port.StorageUnavailableException;
import dev.latchkey.application.port.in.session.ExchangeRefreshToken;
import dev.latchkey.application.port.in.session.IssuedTokens;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micronaut.aop.InterceptorBean;
import io.micronaut.aop.MethodInterceptor;
import io.micronaut.aop.MethodInvocationContext;
import io.micronaut.context.BeanContext;
import io.micronaut.inject.qualifiers.Qualifiers;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Counts and times every outcome of every use case, as {@code latchkey_use_case_seconds}. The
 * outcomes are the cases of its sealed result, which the caller switches over as well; an outcome
 * that is added later is counted without a word here.
 */
@Singleton
@InterceptorBean(UseCase.class)
final class UseCaseTimers implements MethodInterceptor<Object, Object> {

  /** What is done to a result that has no cases. */
  private static final String DONE = "done";

  private static final String STORAGE_UNAVAILABLE = "storage_unavailable";
  private static final String ERROR = "error";

  /**
   * An exchange takes 1 to 10 ms, a password 30 to 100; what takes longer than 500 has waited, and
   * after 3 s the database is unavailable. Few, as each outcome has all of them.
   */
  private static final Duration[] BUCKETS =
      Stream.of(5, 20, 100, 500, 3_000).map(Duration::ofMillis).toArray(Duration[]::new);

  private final MeterRegistry registry;
  private final Clock clock;
  private final Map<Class<?>, Outcomes> useCases = new ConcurrentHashMap<>();

  /** Makes all timers: whoever watches one must find it before it first counts. */
  UseCaseTimers(BeanContext context, MeterRegistry registry) {
    this.registry = registry;
    this.clock = registry.config().clock();
    context.getBeanDefinitions(Qualifiers.byStereotype(UseCase.class)).stream()
        .map(definition -> portOf(definition.getBeanType()))
        .forEach(this::outcomesOf);
  }

  /** The class that the compiler makes around a use case implements its port. */
  private static Class<?> portOf(Class<?> type) {
    return type.isInterface() ? type : portOf(type.getInterfaces()[0]);
  }

  @Override
  public @Nullable Object intercept(MethodInvocationContext<Object, Object> execution) {
    Outcomes outcomes = outcomesOf(execution.getDeclaringType());
    long start = clock.monotonicTime();
    Timer outcome = outcomes.error();
    try {
      Object result = execution.proceed();
      outcome = outcomes.of(result);
      return result;
    } catch (StorageUnavailableException e) {
      outcome = outcomes.storageUnavailable();
      throw e;
    } finally {
      outcome.record(clock.monotonicTime() - start, TimeUnit.NANOSECONDS);
    }
  }

  private Outcomes outcomesOf(Class<?> useCase) {
    Outcomes known = useCases.get(useCase);
    return known == null ? useCases.computeIfAbsent(useCase, this::timersOf) : known;
  }

  private Outcomes timersOf(Class<?> useCase) {
    Class<?> result = useCase.getMethods()[0].getReturnType();
    String name = Cases.nameOf(useCase);
    Map<Object, Timer> timers =
        outcomesOfResult(result)
            .collect(
                Collectors.toUnmodifiableMap(
                    Function.identity(), outcome -> timer(name, nameOf(outcome))));
    return new Outcomes(timers, timer(name, STORAGE_UNAVAILABLE), timer(name, ERROR));
  }

  private static Stream<Object> outcomesOfResult(Class<?> result) {
    return result.isSealed()
        ? Cases.of(result)
            .flatMap(
                type ->
                    type == ExchangeRefreshToken.Result.Exchanged.class
                        ? Stream.of(IssuedTokens.Outcome.ROTATED, IssuedTokens.Outcome.RETRIED)
                        : Stream.of(type))
        : Stream.of(DONE);
  }

  private static String nameOf(Object outcome) {
    return switch (outcome) {
      case Class<?> type -> Cases.nameOf(type);
      case Enum<?> constant -> constant.name().toLowerCase(Locale.ROOT);
      default -> outcome.toString();
    };
  }

  private Timer timer(String useCase, String outcome) {
    return Timer.builder("latchkey.use.case")
        .tag("use_case", useCase)
        .tag("outcome", outcome)
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  /**
   * @param timers by the class of the result; of an exchange that succeeds by how; of a result
   *     without cases, one
   */
  private record Outcomes(Map<Object, Timer> timers, Timer storageUnavailable, Timer error) {

    Timer of(@Nullable Object result) {
      Timer itsOwn = result == null ? null : timers.get(keyOf(result));
      return itsOwn == null ? Objects.requireNonNull(timers.get(DONE)) : itsOwn;
    }

    private static Object keyOf(Object result) {
      return result instanceof ExchangeRefreshToken.Result.Exchanged(IssuedTokens tokens)
          ? tokens.outcome()
          : result.getClass();
    }
  }
}
