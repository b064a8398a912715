package io.ghostworks.series;

import static io.ghostworks.series.EngineFixture.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.Rejection;
import io.ghostworks.model.Rejection.Reason;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.FloatHistogram.CounterReset;
import io.ghostworks.model.metric.Samples;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.series.SampleColumns;
import io.ghostworks.query.series.SeriesCursor;
import io.ghostworks.query.series.SeriesSelection;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Samples of every kind in random order, with flushes, merges, restarts and new generations between
 * them, against a naive map with the rules of order. The seed is the parameter.
 */
class SampleKindsModelTest {
  private static final List<CounterReset> RESETS = List.of(CounterReset.values());
  private static final long WINDOW_MS = Duration.ofMinutes(10).toMillis();
  private static final long[] BITS = {
    0L,
    Long.MIN_VALUE, // -0
    Samples.STALE_BITS,
    0x7ff8000000000001L,
    0x7ff0000000000001L,
    0xfff8000000001234L,
    Double.doubleToRawLongBits(Double.POSITIVE_INFINITY),
    Double.doubleToRawLongBits(Double.MIN_VALUE),
    Double.doubleToRawLongBits(0.1),
    Double.doubleToRawLongBits(1e300),
    Double.doubleToRawLongBits(42)
  };

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void keepsTheBitsOfEverySampleAndTheRulesOfOrder(long seed) throws IOException {
    new Simulation(seed).run(250);
  }

  private static final class Simulation {
    private final EngineFixture fixture;
    private final Random random;
    private final Map<Labels, TreeMap<Long, Stored>> model = new HashMap<>();
    private final long seed;

    Simulation(long seed) {
      this.seed = seed;
      fixture = new EngineFixture(seed);
      random = new Random(seed);
    }

    void run(int steps) throws IOException {
      fixture.open();
      for (int step = 0; step < steps; step++) {
        switch (random.nextInt(12)) {
          case 0 -> fixture.engine.flush();
          case 1 -> fixture.engine.merge();
          case 2 -> fixture.restart();
          case 3 -> fixture.time.advance(Duration.ofSeconds(random.nextInt(900)));
          case 4 -> check();
          default -> offer();
        }
      }
      check();
      fixture.restart();
      check();
      fixture.engine.flush();
      check();
    }

    private void offer() {
      SeriesBatch batch = new SeriesBatch("");
      int expected = 0;
      Map<Reason, Integer> refused = new EnumMap<>(Reason.class);
      for (int i = random.nextInt(15); i >= 0; i--) {
        Labels labels = Labels.of("__name__", "m", "i", "" + random.nextInt(4));
        long time = fixture.time.epochMs() - (random.nextInt(16) - 1) * 60_000L;
        Stored stored = random(time);
        add(batch, labels, time, stored);
        Reason why = refusal(labels, time, stored);
        if (why == null) {
          expected++;
        } else {
          refused.merge(why, 1, Integer::sum);
        }
      }
      Acknowledgement answer = fixture.offer(batch);
      assertThat(answer.acceptedRows()).as("seed %d", seed).isEqualTo(expected);
      Map<Reason, Integer> told = new EnumMap<>(Reason.class);
      for (Rejection rejection : answer.rejections()) {
        told.merge(rejection.reason(), rejection.rows(), Integer::sum);
      }
      assertThat(told).as("seed %d", seed).isEqualTo(refused);
    }

    /** Why the rules refuse a sample; stores it where they do not. */
    private @Nullable Reason refusal(Labels labels, long time, Stored stored) {
      TreeMap<Long, Stored> samples = model.computeIfAbsent(labels, l -> new TreeMap<>());
      if (!samples.isEmpty() && samples.lastKey() - time > WINDOW_MS) {
        return Reason.OUT_OF_ORDER;
      }
      Stored known = samples.get(time);
      if (known == null) {
        samples.put(time, stored);
        return null;
      }
      return known.hasValueOf(stored) ? null : Reason.DUPLICATE_TIMESTAMP;
    }

    private static void add(SeriesBatch batch, Labels labels, long time, Stored stored) {
      int set = batch.sets().add(labels);
      if (stored.histogram() == null) {
        batch.addBits(set, time, stored.bits());
      } else {
        batch.add(set, time, stored.histogram());
      }
      if (stored.startMs() != 0) {
        batch.startTimestampOfLast(stored.startMs());
      }
    }

    private Stored random(long time) {
      long start = random.nextInt(3) == 0 ? time - random.nextInt(1, 3) * 500_000L : 0;
      return switch (random.nextInt(4)) {
        case 0 -> new Stored(0, histogram(), start);
        case 1 -> new Stored(0, FloatHistogram.stale(), start);
        default -> new Stored(BITS[random.nextInt(BITS.length)], null, start);
      };
    }

    private FloatHistogram histogram() {
      boolean custom = random.nextInt(3) == 0;
      return new FloatHistogram(
          RESETS.get(random.nextInt(RESETS.size())),
          custom ? FloatHistogram.CUSTOM_BUCKETS : random.nextInt(13) - 4,
          custom ? 0 : 0.001,
          custom ? 0 : random.nextInt(2),
          random.nextInt(2) + 3.5,
          Double.longBitsToDouble(BITS[random.nextInt(BITS.length)]),
          new int[] {custom ? 0 : -3, 1},
          new int[] {1, 1},
          new double[] {1.5, random.nextInt(3)},
          custom ? new int[0] : new int[] {2},
          custom ? new int[0] : new int[] {1},
          custom ? new double[0] : new double[] {0.5},
          custom ? new double[] {-1.5, 0.1, 7} : new double[0]);
    }

    private void check() {
      Map<Labels, TreeMap<Long, Stored>> read = new HashMap<>();
      try (QueryContext context = fixture.context(TENANT);
          SeriesCursor cursor =
              fixture.engine.select(
                  new SeriesSelection(
                      List.of(new LabelMatcher.Equal("__name__", "m")),
                      Long.MIN_VALUE,
                      Long.MAX_VALUE,
                      0,
                      0,
                      ""),
                  context)) {
        while (cursor.next()) {
          TreeMap<Long, Stored> samples = new TreeMap<>();
          SampleColumns columns = cursor.samples();
          for (int i = 0; i < columns.size(); i++) {
            FloatHistogram histogram = columns.hasHistograms() ? columns.histogram(i) : null;
            samples.put(
                columns.timestampMs(i),
                new Stored(
                    histogram == null ? Double.doubleToRawLongBits(columns.value(i)) : 0,
                    histogram,
                    columns.hasStartTimestamps() ? columns.startTimestampMs(i) : 0));
          }
          read.put(cursor.labels(), samples);
        }
      }
      model.values().removeIf(TreeMap::isEmpty);
      assertThat(read).as("seed %d", seed).isEqualTo(model);
    }
  }

  /** A sample as it was sent. */
  private record Stored(long bits, @Nullable FloatHistogram histogram, long startMs) {

    boolean hasValueOf(Stored other) {
      return histogram == null
          ? other.histogram == null && bits == other.bits
          : histogram.equals(other.histogram);
    }
  }
}
