package dev.latchkey.acceptance.load;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The test of Mann and Whitney: whether the values of one sample tend to be greater than those of
 * another, whatever their distribution is.
 *
 * @param z how many standard deviations the sum of ranks is from what chance alone would make it
 * @param p the probability that chance alone would make it at least as different
 * @param share of all pairs in which the value of the first sample is the greater one
 */
record RankTest(double z, double p, double share) {

  private static final int RESAMPLES = 2000;
  private static final double SIGNIFICANT = 0.05;

  /** By the normal approximation, for samples of more than about 20 that have few equal values. */
  static RankTest of(double[] some, double[] others) {
    double[] sorted = others.clone();
    Arrays.sort(sorted);
    double wins = Arrays.stream(some).map(value -> winsAgainst(sorted, value)).sum();
    double pairs = (double) some.length * others.length;
    double deviation = Math.sqrt(pairs * (some.length + others.length + 1) / 12);
    double z = (wins - pairs / 2) / deviation;
    return new RankTest(z, 2 * upperTail(Math.abs(z)), wins / pairs);
  }

  /** How many of them are smaller; equal ones count half. */
  private static double winsAgainst(double[] sorted, double value) {
    int below = firstNotBelow(sorted, value);
    int notAbove = firstNotBelow(sorted, Math.nextUp(value));
    return (below + notAbove) / 2.0;
  }

  private static int firstNotBelow(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Of the normal distribution (Abramowitz and Stegun, 26.2.17); the error is below 1e-7. */
  private static double upperTail(double z) {
    double t = 1 / (1 + 0.2316419 * z);
    double polynomial =
        t
            * (0.319381530
                + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) * polynomial;
  }

  /** Between which the difference of the medians lies with 95 % confidence, by the bootstrap. */
  static String confidence(double[] some, double[] others) {
    var random = new Random(1);
    double[] differences =
        IntStream.range(0, RESAMPLES)
            .mapToDouble(_ -> medianOfResample(some, random) - medianOfResample(others, random))
            .sorted()
            .toArray();
    return "%+.3f to %+.3f ms"
        .formatted(differences[RESAMPLES / 40], differences[RESAMPLES - RESAMPLES / 40 - 1]);
  }

  private static double medianOfResample(double[] sample, Random random) {
    double[] resample =
        IntStream.range(0, sample.length)
            .mapToDouble(_ -> sample[random.nextInt(sample.length)])
            .sorted()
            .toArray();
    return resample[resample.length / 2];
  }

  String inWords() {
    return p < SIGNIFICANT
        ? "They differ by more than chance explains."
        : "No difference is seen that chance would not make.";
  }
}
