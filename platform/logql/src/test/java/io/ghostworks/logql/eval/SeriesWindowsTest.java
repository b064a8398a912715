package io.ghostworks.logql.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class SeriesWindowsTest {

  /** Functions as one reads them in the documentation, over one window. */
  private static final Map<String, Naive> NAIVE =
      Map.of(
          "count", (values, times, end, range) -> values.size(),
          "sum", (values, times, end, range) -> sum(values),
          "min", (values, times, end, range) -> fold(values, Math::min),
          "max", (values, times, end, range) -> fold(values, Math::max),
          "first", (values, times, end, range) -> values.getFirst(),
          "last", (values, times, end, range) -> values.getLast(),
          "avg", (values, times, end, range) -> average(values));

  private interface Naive {
    double of(List<Double> values, List<Long> times, long end, long range);
  }

  private interface Two {
    double of(double left, double right);
  }

  private static void free(long bytes) {}

  private static double fold(List<Double> values, Two two) {
    double result = Double.NaN;
    for (double value : values) {
      if (!Double.isNaN(value)) {
        result = Double.isNaN(result) ? value : two.of(result, value);
      }
    }
    return result;
  }

  private static double sum(List<Double> values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  private static double average(List<Double> values) {
    double mean = 0;
    double count = 0;
    for (double value : values) {
      count++;
      boolean stays =
          Double.isInfinite(mean)
              && (Double.isFinite(value)
                  || ((value > 0) == (mean > 0) && Double.isInfinite(value)));
      mean = stays ? mean : mean + (value / count - mean / count);
    }
    return mean;
  }

  private static Supplier<SeriesWindow> window(String function) {
    return switch (function) {
      case "count" -> () -> new CountWindow(1, SeriesWindowsTest::free);
      case "sum" -> () -> new ValueWindow(WindowFunctions.sum(1), SeriesWindowsTest::free);
      case "min" -> () -> new FoldWindow(FoldWindow.Fold.MIN, SeriesWindowsTest::free);
      case "max" -> () -> new FoldWindow(FoldWindow.Fold.MAX, SeriesWindowsTest::free);
      case "first" -> () -> new FoldWindow(FoldWindow.Fold.FIRST, SeriesWindowsTest::free);
      case "last" -> () -> new FoldWindow(FoldWindow.Fold.LAST, SeriesWindowsTest::free);
      case "avg" -> () -> new ValueWindow(WindowFunctions::average, SeriesWindowsTest::free);
      default -> throw new IllegalArgumentException(function);
    };
  }

  @Test
  void slidingGivesWhatEachWindowAloneGives() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 400; round++) {
      for (String function : NAIVE.keySet()) {
        compare(function, random, "seed %d, round %d, %s".formatted(seed, round, function));
      }
    }
  }

  private static void compare(String function, Random random, String what) {
    long start = random.nextLong(-50, 50);
    long step = random.nextLong(1, 20);
    StepGrid steps = new StepGrid(start, start + random.nextLong(0, 200), step);
    long range = random.nextLong(1, 60);
    long offset = random.nextLong(-20, 20);
    List<Long> times = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    boolean whole = random.nextBoolean();
    for (long time = start - 100; time < start + 320; time += random.nextLong(0, 12)) {
      times.add(time);
      values.add(value(random, whole || function.equals("count")));
    }
    WindowGrid grid = new WindowGrid(steps, range, offset);
    SeriesWindows windows = new SeriesWindows(window(function), SeriesWindowsTest::free);
    StepVector out = new StepVector();
    int at = 0;
    for (int i = 0; i < steps.steps(); i++) {
      long end = start + i * step - offset;
      List<Double> inside = new ArrayList<>();
      List<Long> insideTimes = new ArrayList<>();
      for (int j = 0; j < times.size(); j++) {
        if (times.get(j) > end - range && times.get(j) <= end) {
          inside.add(values.get(j));
          insideTimes.add(times.get(j));
        }
      }
      for (; at < times.size(); at++) {
        if (grid.locate(times.get(at))) {
          if (grid.first() > i) {
            break;
          }
          double value = function.equals("count") ? 1 : values.get(at);
          windows.add(0, grid.first(), grid.last(), times.get(at), value);
        }
      }
      assertThat(grid.endNanos(i)).as(what).isEqualTo(end);
      out.start(0);
      windows.step(i, end, out);
      assertThat(out.size()).as(what).isEqualTo(inside.isEmpty() ? 0 : 1);
      if (!inside.isEmpty()) {
        double expected = NAIVE.get(function).of(inside, insideTimes, end, range);
        assertThat(Double.doubleToLongBits(out.value(0)))
            .as("%s at step %d: %s, not %s", what, i, out.value(0), expected)
            .isEqualTo(Double.doubleToLongBits(expected));
      }
    }
  }

  private static double value(Random random, boolean whole) {
    return switch (random.nextInt(whole ? 4 : 12)) {
      case 5 -> Double.NaN;
      case 6 -> Double.POSITIVE_INFINITY;
      case 7 -> Double.NEGATIVE_INFINITY;
      case 8 -> 0x1p53 + 2;
      case 9, 10, 11 -> random.nextGaussian();
      default -> random.nextInt(-1000, 1000);
    };
  }

  @Test
  void quantilesAreWeightedByNearnessAndNotANumberSortsFirst() {
    double[] values = {5, Double.NaN, 1, 3};
    assertThat(WindowFunctions.quantile(0.5).of(values, new long[4], 2, 4, 0)).isEqualTo(2);
    assertThat(WindowFunctions.quantile(1).of(values, new long[4], 0, 4, 0)).isEqualTo(5);
    assertThat(WindowFunctions.quantile(0).of(values, new long[4], 0, 4, 0)).isNaN();
    assertThat(WindowFunctions.quantile(1.5).of(values, new long[4], 0, 4, 0))
        .isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(WindowFunctions.quantile(-1).of(values, new long[4], 0, 4, 0))
        .isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void counterRatesReachToTheEdgesOfTheWindowAndSeeResets() {
    long second = 1_000_000_000L;
    double[] values = {0, 10, 20, 5};
    long[] times = {10 * second, 20 * second, 30 * second, 40 * second};
    var rate = WindowFunctions.counterRate(40 * second, 40);
    assertThat(rate.of(values, times, 0, 3, 30 * second)).isEqualTo(20.0 / 40);
    assertThat(rate.of(values, times, 0, 4, 40 * second)).isEqualTo(25.0 / 40);
    assertThat(rate.of(values, times, 0, 1, 40 * second)).isZero();
  }

  @Test
  void varianceIsThatOfThePopulation() {
    double[] values = {2, 4, 4, 4, 5, 5, 7, 9};
    assertThat(WindowFunctions.variance(values, new long[8], 0, 8, 0)).isEqualTo(4);
    assertThat(WindowFunctions.standardDeviation(values, new long[8], 0, 8, 0)).isEqualTo(2);
  }
}
