package io.ghostworks.promql.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.Samples;
import io.ghostworks.promql.ast.Expr;
import io.ghostworks.promql.ast.Function;
import io.ghostworks.promql.ast.PositionRange;
import io.ghostworks.promql.ast.TimeShift;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.series.SampleColumns;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.runtime.time.SimulatedTime;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Compares functions that compute all steps at once with the same step by step, by bits. */
class FloatWindowsTest {
  private static final int CASES = 4_000;
  private static final PositionRange NOWHERE = PositionRange.START;

  private final QueryContext context =
      new QueryContext(
          TenantId.DEFAULT,
          new SimulatedTime(0),
          Duration.ofMinutes(1),
          new MemoryLedger().open("queries", 1 << 26),
          1 << 26);
  private final Query query =
      new Query(
          new io.ghostworks.promql.script.MemorySeries(),
          context,
          EngineOptions.DEFAULT,
          Set.of(),
          null);

  @Test
  void givesTheBitsOfTheSameFunctionStepByStep() {
    long seed = Long.getLong("ghostworks.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int i = 0; i < CASES; i++) {
      SampleColumns samples = samples(random);
      Grid grid =
          new Grid(
              random.nextInt(200_000), 1 + random.nextInt(60_000), 1 + random.nextInt(60), false);
      long rangeMs = 1L + random.nextInt(random.nextBoolean() ? 30_000 : 600_000);
      for (Function function : Function.values()) {
        if (FloatWindows.of(function, rangeMs, new WorkMeter(context)) != null) {
          double[] fast = compute(function, grid, rangeMs, samples, true);
          double[] plain = compute(function, grid, rangeMs, samples, false);
          for (int step = 0; step < fast.length; step++) {
            assertThat(bits(fast[step]))
                .as("%s, step %d, case %d, seed %d", function, step, i, seed)
                .isEqualTo(bits(plain[step]));
          }
        }
      }
    }
  }

  /** Which of two NaNs an addition keeps is the processor's choice, so that they count as one. */
  private static long bits(double value) {
    return Double.isNaN(value) && !Samples.isStale(value)
        ? Double.doubleToLongBits(Double.NaN)
        : Double.doubleToRawLongBits(value);
  }

  private double[] compute(
      Function function, Grid grid, long rangeMs, SampleColumns samples, boolean fast) {
    WindowedFunction.Range range =
        new WindowedFunction.Range(rangeMs, TimeShift.NONE, Expr.Extension.NONE, NOWHERE, NOWHERE);
    Series result = new Series(Labels.EMPTY, false, grid.steps());
    try (WindowedFunction windowed =
        new WindowedFunction(query, grid, function, range, new double[0][])) {
      windowed.window().load(Labels.of("__name__", "a_total"), samples, false);
      if (fast) {
        windowed.fill(result, false, true);
      } else {
        windowed.stepByStep(result);
      }
    }
    return result.values();
  }

  private static SampleColumns samples(Random random) {
    SampleColumns samples = new SampleColumns();
    long time = random.nextInt(100_000);
    int kind = random.nextInt(5);
    double value = 0;
    for (int left = random.nextInt(120); left > 0; left--) {
      time += random.nextInt(10) == 0 ? 1 + random.nextInt(200_000) : 15_000 + random.nextInt(3);
      value =
          switch (kind) {
            case 0 -> random.nextInt(20) == 0 ? random.nextInt(5) : value + random.nextInt(40);
            case 1 -> random.nextInt(5) - 2;
            case 2 -> random.nextGaussian() * Math.pow(10, random.nextInt(600) - 300);
            case 3 -> Math.rint(random.nextDouble() * 1e4) / 100;
            default -> odd(random);
          };
      samples.add(time, value);
    }
    return samples;
  }

  private static double odd(Random random) {
    return switch (random.nextInt(9)) {
      case 0 -> Double.NaN;
      case 1 -> -0.0;
      case 2 -> Double.POSITIVE_INFINITY;
      case 3 -> Double.NEGATIVE_INFINITY;
      case 4 -> Double.longBitsToDouble(Samples.STALE_BITS);
      case 5 -> Double.MAX_VALUE;
      case 6 -> Double.MIN_VALUE;
      case 7 -> 1L << 53;
      default -> random.nextInt(3);
    };
  }
}
