package dev.latchkey.benchmarks;

import static java.util.Objects.requireNonNull;

import dev.latchkey.benchmarks.installation.Installation;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How long the code takes that only computes, and how much memory it allocates: what JMH says of
 * the package {@code pure}, each benchmark in a JVM of its own with the options of the service. Its
 * own report is in {@code benchmarks/target/jmh.log}.
 *
 * <pre>PureBenchmark [PATTERN]
 * </pre>
 */
@SuppressWarnings("SystemOut") // a program for the person at the terminal
public final class PureBenchmark {

  private static final TimeValue ITERATION = TimeValue.seconds(1);

  private PureBenchmark() {}

  public static void main(String[] arguments) throws RunnerException {
    Options options =
        new OptionsBuilder()
            .include(arguments.length == 0 ? "" : arguments[0])
            .mode(Mode.AverageTime)
            .timeUnit(TimeUnit.NANOSECONDS)
            .forks(1)
            .warmupIterations(3)
            .warmupTime(ITERATION)
            .measurementIterations(5)
            .measurementTime(ITERATION)
            .addProfiler(GCProfiler.class)
            .jvmArgs("@" + Installation.OPTIONS)
            .shouldFailOnError(true)
            .output("target/jmh.log")
            .build();
    print(new Runner(options).run());
  }

  private static void print(Collection<RunResult> results) {
    System.out.println("| operation | ns | ± 99.9 % | bytes |");
    System.out.println("|---|---|---|---|");
    for (RunResult result : results) {
      Result<?> time = result.getPrimaryResult();
      Result<?> bytes = requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm"));
      System.out.printf(
          Locale.ROOT,
          "| %s | %.1f | %.1f | %.0f |%n",
          result.getParams().getBenchmark().replaceFirst(".*\\.pure\\.", ""),
          time.getScore(),
          time.getScoreError(),
          bytes.getScore());
    }
  }
}
