package io.ghostworks.series.head;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelSetTable;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.series.chunk.HistogramCodec;
import io.ghostworks.series.chunk.HistogramSamples;
import io.ghostworks.series.chunk.SampleBuffer;
import io.ghostworks.storage.bytes.BytesOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleStoreTest {
  private static final int SERIES = 40;

  private final SampleStore store = new SampleStore(new HeadIndex(0, 0));
  private final BytesOutput scratch = new BytesOutput(64, 1 << 20);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void givesBackWhatANaiveMapHolds(long seed) {
    Random random = new Random(seed);
    List<Map<Long, Sample>> oracle = new ArrayList<>();
    for (int i = 0; i < SERIES; i++) {
      oracle.add(new TreeMap<>());
    }
    for (int i = 0; i < 40_000; i++) {
      add(random, oracle);
    }
    for (int series = 0; series < SERIES; series++) {
      check(series, oracle.get(series), Long.MIN_VALUE, Long.MAX_VALUE);
      check(series, oracle.get(series), 200_000, 1_000_000);
      check(series, oracle.get(series), Long.MIN_VALUE, -100_000);
      for (int i = 0; i < 20; i++) {
        long startMs = random.nextLong(-600_000, 40_000_000);
        check(series, oracle.get(series), startMs, startMs + random.nextLong(0, 20_000_000));
      }
    }
  }

  @Test
  void takesOneByteForAnUnchangedSampleInStep() {
    for (int i = 0; i < 60; i++) {
      store.add(0, i * 15_000L, 7, 0);
    }
    assertThat(store.copyChain(0, scratch)).isLessThan(90);
  }

  @Test
  void findsSeriesByTheirPackedLabelsOnly() {
    HeadIndex index = new HeadIndex(100, 7);
    int tenant = index.tenant(TenantId.DEFAULT);
    int other = index.tenant(new TenantId("other"));
    LabelSetTable sets = new LabelSetTable();
    for (int i = 0; i < 1_000; i++) {
      sets.add(Labels.of("__name__", "m", "i", "" + i));
      assertThat(find(index, tenant, sets, i)).isEqualTo(-1);
      long slice = sets.slice(i);
      index.add(tenant, sets.hash(i), sets.arena().array(), (int) (slice >>> 32), (int) slice);
    }
    for (int i = 0; i < 1_000; i++) {
      assertThat(find(index, tenant, sets, i)).isEqualTo(i);
      assertThat(find(index, other, sets, i)).isEqualTo(-1);
      assertThat(index.labels(i)).isEqualTo(sets.labels(i));
    }
  }

  private static int find(HeadIndex index, int tenant, LabelSetTable sets, int set) {
    long slice = sets.slice(set);
    return index.find(
        tenant, sets.hash(set), sets.arena().array(), (int) (slice >>> 32), (int) slice);
  }

  private void add(Random random, List<Map<Long, Sample>> oracle) {
    int series = random.nextInt(SERIES);
    Map<Long, Sample> samples = oracle.get(series);
    long newest =
        ((TreeMap<Long, Sample>) samples).isEmpty()
            ? random.nextInt(1_000_000) - 500_000
            : ((TreeMap<Long, Sample>) samples).lastKey();
    long step =
        switch (random.nextInt(12)) {
          case 0 -> -random.nextInt(50_000);
          case 1 -> 1 + random.nextInt(100_000);
          default -> 15_000;
        };
    long time = newest + step;
    if (samples.containsKey(time)) {
      return;
    }
    long start = random.nextInt(20) == 0 ? random.nextInt(1_000) : 0;
    if (random.nextInt(30) == 0) {
      FloatHistogram histogram = HistogramSamples.of(random.nextInt(100));
      BytesOutput encoded = new BytesOutput(64, 1 << 16);
      HistogramCodec.encode(histogram, null, encoded);
      store.addHistogram(series, time, encoded.array(), 0, encoded.position(), start);
      samples.put(time, new Sample(Double.doubleToRawLongBits(histogram.sum()), start, histogram));
    } else {
      long bits =
          random.nextBoolean()
              ? Double.doubleToRawLongBits(random.nextInt(100))
              : random.nextLong();
      store.add(series, time, bits, start);
      samples.put(time, new Sample(bits, start, null));
    }
  }

  private void check(int series, Map<Long, Sample> expected, long startMs, long endMs) {
    SampleBuffer read = new SampleBuffer();
    int length = store.copyChain(series, scratch);
    store.readLate(series, startMs, endMs, read);
    SampleStore.decode(scratch.array(), length, startMs, endMs, read);
    read.normalize();
    Map<Long, Sample> found = new TreeMap<>();
    for (int i = 0; i < read.size(); i++) {
      found.put(
          read.timestampMs(i),
          new Sample(read.valueBits(i), read.startTimestampMs(i), read.histogram(i)));
    }
    Map<Long, Sample> wanted = new TreeMap<>(expected);
    wanted.keySet().removeIf(time -> time < startMs || time > endMs);
    assertThat(found).isEqualTo(wanted);
  }

  private record Sample(long bits, long startMs, FloatHistogram histogram) {}
}
