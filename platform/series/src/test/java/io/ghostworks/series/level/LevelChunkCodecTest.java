package io.ghostworks.series.level;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ghostworks.query.level.FloatFacts;
import io.ghostworks.query.level.HistogramFacts;
import io.ghostworks.series.chunk.SampleBuffer;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LevelChunkCodecTest {
  private static final long START_MS = 1_800_057_600_000L;
  private static final int RESOLUTION_MS = 300_000;

  private final LevelChunkCodec codec = new LevelChunkCodec();

  @ParameterizedTest
  @EnumSource
  void givesBackRows(RowSeries.Kind kind) throws DamagedDataException {
    for (long seed = 1; seed <= 30; seed++) {
      LevelBuffer rows = rows(kind, seed, RESOLUTION_MS);
      LevelBuffer read = roundTrip(rows);
      assertThat(read.size()).as("seed %d", seed).isEqualTo(rows.size());
      for (int i = 0; i < rows.size(); i++) {
        check(rows, read, i);
      }
    }
  }

  @Test
  void rowsOfAnHourAreThoseOfTheirFiveMinutes() {
    for (long seed = 1; seed <= 50; seed++) {
      RowSeries.Kind kind = kind(seed);
      LevelBuffer direct = rows(kind, seed, 3_600_000);
      LevelBuffer combined = new LevelBuffer();
      new RowBuilder(3_600_000).build(rows(kind, seed, RESOLUTION_MS), combined);
      assertThat(combined.size()).as("seed %d", seed).isEqualTo(direct.size());
      for (int i = 0; i < direct.size(); i++) {
        check(direct, combined, i);
      }
    }
  }

  @Test
  void ofOverlappingRowsThatOfMoreSamplesStands() {
    SampleBuffer all = new SampleBuffer();
    RowSeries.fill(
        RowSeries.Kind.COUNTER, new Random(1), START_MS, START_MS + 3_600_000, 15_000, all);
    SampleBuffer some = new SampleBuffer();
    for (int i = 0; i < all.size(); i += 7) {
      some.add(all.timestampMs(i), all.valueBits(i), 0);
    }
    RowBuilder builder = new RowBuilder(RESOLUTION_MS);
    LevelBuffer many = new LevelBuffer();
    LevelBuffer few = new LevelBuffer();
    LevelBuffer merged = new LevelBuffer();
    builder.build(all, many);
    builder.build(some, few);
    for (int turn = 0; turn < 3; turn++) {
      new RowMerge(RESOLUTION_MS).merge(turn == 0 ? many : few, turn == 1 ? many : few, merged);
      LevelBuffer expected = turn == 2 ? few : many;
      assertThat(merged.size()).isEqualTo(expected.size());
      for (int i = 0; i < expected.size(); i++) {
        check(expected, merged, i);
      }
    }
  }

  @Test
  void rowsFromTwoPlacesJoinWhereTheyDoNotOverlap() {
    SampleBuffer all = new SampleBuffer();
    RowSeries.fill(
        RowSeries.Kind.COUNTER, new Random(3), START_MS, START_MS + 3_600_000, 15_000, all);
    SampleBuffer left = new SampleBuffer();
    SampleBuffer right = new SampleBuffer();
    for (int i = 0; i < all.size(); i++) {
      (i < all.size() / 2 ? left : right).add(all.timestampMs(i), all.valueBits(i), 0);
    }
    RowBuilder builder = new RowBuilder(RESOLUTION_MS);
    LevelBuffer expected = new LevelBuffer();
    LevelBuffer first = new LevelBuffer();
    LevelBuffer second = new LevelBuffer();
    LevelBuffer merged = new LevelBuffer();
    builder.build(all, expected);
    builder.build(left, first);
    builder.build(right, second);
    new RowMerge(RESOLUTION_MS).merge(second, first, merged);
    assertThat(merged.size()).isEqualTo(expected.size());
    for (int i = 0; i < expected.size(); i++) {
      check(expected, merged, i);
    }
  }

  @Test
  void refusesWhatIsNoChunk() {
    for (long seed = 1; seed <= 2000; seed++) {
      Random random = new Random(seed);
      BytesOutput out = new BytesOutput(64, 1 << 20);
      LevelBuffer rows = rows(kind(seed), seed % 40, RESOLUTION_MS);
      int to = 1;
      while (to < rows.size() && LevelChunkCodec.sameKind(rows, to, 0)) {
        to++;
      }
      codec.encodeTimes(rows, 0, to, out);
      int timesEnd = out.position();
      codec.encode(rows, 0, to, out);
      byte[] bytes = out.toByteArray();
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        LevelChunkCodec.Times times =
            LevelChunkCodec.decodeTimes(new BytesInput(bytes, 0, timesEnd));
        codec.decode(
            new BytesInput(bytes, timesEnd, bytes.length - timesEnd),
            times,
            RESOLUTION_MS,
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            new LevelBuffer());
      } catch (DamagedDataException expected) {
        assertThat(expected).hasMessageMatching("(?s).+");
      }
    }
    assertThatThrownBy(() -> LevelChunkCodec.decodeTimes(new BytesInput(new byte[] {0})))
        .isInstanceOf(DamagedDataException.class)
        .hasMessageContaining("must not be empty");
  }

  private static LevelBuffer rows(RowSeries.Kind kind, long seed, int resolutionMs) {
    SampleBuffer samples = new SampleBuffer();
    RowSeries.fill(kind, new Random(seed), START_MS, START_MS + 20L * 3_600_000, 15_000, samples);
    LevelBuffer rows = new LevelBuffer();
    new RowBuilder(resolutionMs).build(samples, rows);
    return rows;
  }

  private LevelBuffer roundTrip(LevelBuffer rows) throws DamagedDataException {
    LevelBuffer read = new LevelBuffer();
    int from = 0;
    while (from < rows.size()) {
      int to = from + 1;
      while (to < rows.size()
          && to - from < LevelChunkCodec.ROWS_MAX
          && LevelChunkCodec.sameKind(rows, to, from)) {
        to++;
      }
      BytesOutput times = new BytesOutput(64, 1 << 20);
      BytesOutput out = new BytesOutput(64, 1 << 20);
      codec.encodeTimes(rows, from, to, times);
      codec.encode(rows, from, to, out);
      BytesInput in = new BytesInput(out.toByteArray());
      codec.decode(
          in,
          LevelChunkCodec.decodeTimes(new BytesInput(times.toByteArray())),
          RESOLUTION_MS,
          Long.MIN_VALUE,
          Long.MAX_VALUE,
          read);
      assertThat(in.remaining()).isZero();
      from = to;
    }
    return read;
  }

  private static void check(LevelBuffer expected, LevelBuffer actual, int i) {
    assertThat(actual.isRow(i)).isEqualTo(expected.isRow(i));
    assertThat(actual.firstMs(i)).isEqualTo(expected.firstMs(i));
    assertThat(actual.lastMs(i)).isEqualTo(expected.lastMs(i));
    assertThat(actual.count(i)).isEqualTo(expected.count(i));
    if (!expected.isRow(i)) {
      assertThat(Double.doubleToRawLongBits(actual.value(i)))
          .isEqualTo(Double.doubleToRawLongBits(expected.value(i)));
    } else if (expected.levels().isHistogram(i)) {
      checkHistograms(
          expected.levels().read(i, new HistogramFacts()),
          actual.levels().read(i, new HistogramFacts()));
    } else {
      checkFloats(
          expected.levels().read(i, new FloatFacts()), actual.levels().read(i, new FloatFacts()));
    }
  }

  private static void checkFloats(FloatFacts expected, FloatFacts actual) {
    checkBits(expected.first(), actual.first());
    checkBits(expected.last(), actual.last());
    checkBits(expected.min(), actual.min());
    checkBits(expected.max(), actual.max());
    assertThat(actual.resets()).isEqualTo(expected.resets());
    assertThat(actual.changes()).isEqualTo(expected.changes());
    assertThat(actual.correction())
        .isCloseTo(expected.correction(), within(1e-12 * (1 + Math.abs(expected.correction()))));
    if (Double.isNaN(expected.sum())) {
      assertThat(actual.sum()).isNaN();
      assertThat(actual.squares()).isNaN();
    } else {
      assertThat(actual.sum())
          .isCloseTo(expected.sum(), within(1e-12 * (1 + Math.abs(expected.sum()))));
      assertThat(actual.squares())
          .isCloseTo(expected.squares(), within(expected.squares() * 0x1p-20 + 1e-9));
    }
  }

  private static void checkBits(double expected, double actual) {
    assertThat(Double.doubleToRawLongBits(actual)).isEqualTo(Double.doubleToRawLongBits(expected));
  }

  private static void checkHistograms(HistogramFacts expected, HistogramFacts actual) {
    assertThat(actual.first()).isEqualTo(expected.first());
    assertThat(actual.last()).isEqualTo(expected.last());
    assertThat(actual.sum()).isEqualTo(expected.sum());
    assertThat(actual.correction()).isEqualTo(expected.correction());
    assertThat(actual.resets()).isEqualTo(expected.resets());
    assertThat(actual.changes()).isEqualTo(expected.changes());
  }

  private static RowSeries.Kind kind(long seed) {
    List<RowSeries.Kind> kinds = List.of(RowSeries.Kind.values());
    return kinds.get((int) (seed % kinds.size()));
  }
}
