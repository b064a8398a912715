package io.ghostworks.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelSetTable;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.Exemplar;
import io.ghostworks.model.metric.MetricMetadata;
import io.ghostworks.model.metric.MetricType;
import io.ghostworks.series.head.HeadIndex;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameCodecTest {
  private final BytesOutput out = new BytesOutput(64, 1 << 22);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void givesBackFramesAndNeverFailsOnDamage(long seed) throws DamagedDataException {
    Random random = new Random(seed);
    HeadIndex index = index(random.nextInt(1_000));
    Set<Long> defined = new HashSet<>();
    SegmentPairs pairs = new SegmentPairs();
    Map<Long, byte[]> series = new HashMap<>();
    for (int round = 0; round < 50; round++) {
      Rows rows = rows(random, index);
      out.clear();
      FrameCodec.write(rows, defined::add, out);
      Frame frame = FrameCodec.read(new BytesInput(out.toByteArray()), pairs);
      for (int i = 0; i < frame.definedIds.size(); i++) {
        series.put(frame.definedIds.get(i), frame.bytes.copy(frame.definitions.get(i)));
      }
      check(frame, rows, series);
      if (round == 0) {
        assertThat(frame.definedIds.size()).isPositive();
      }
      damage(random, out.toByteArray());
    }
  }

  private static void check(Frame frame, Rows rows, Map<Long, byte[]> series) {
    assertThat(frame.tenant).isEqualTo(rows.tenant);
    assertThat(frame.size()).isEqualTo(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      assertThat(frame.ids.get(i)).isEqualTo(rows.series.get(i) + rows.index.firstJournalId());
      assertThat(series.get(frame.ids.get(i)))
          .isEqualTo(LabelSetTable.pack(rows.index.labels(rows.series.get(i))));
      assertThat(frame.timestampsMs.get(i)).isEqualTo(rows.timestampsMs.get(i));
      assertThat(frame.startsMs.get(i)).isEqualTo(rows.startsMs.get(i));
      assertThat(frame.kinds.get(i)).isEqualTo(rows.kinds.get(i));
      if (rows.kinds.get(i) == Rows.FLOAT) {
        assertThat(frame.values.get(i)).isEqualTo(rows.values.get(i));
      } else {
        assertThat(frame.bytes.copy(frame.values.get(i)))
            .isEqualTo(rows.histograms.copy(rows.values.get(i)));
      }
    }
    assertThat(frame.metadata).isEqualTo(rows.metadata);
    assertThat(frame.exemplars).hasSameSizeAs(rows.exemplars);
    for (int i = 0; i < rows.exemplars.size(); i++) {
      assertThat(frame.exemplars.get(i).exemplar()).isEqualTo(rows.exemplars.get(i).exemplar());
    }
  }

  private static void damage(Random random, byte[] bytes) {
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    try {
      FrameCodec.read(new BytesInput(bytes), new SegmentPairs());
    } catch (DamagedDataException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }

  private static HeadIndex index(int firstId) {
    HeadIndex index = new HeadIndex(firstId, 2L * firstId);
    int tenant = index.tenant(TenantId.DEFAULT);
    for (int i = 0; i < 50; i++) {
      byte[] packed = LabelSetTable.pack(Labels.of("__name__", "m", "i", "" + i));
      index.add(tenant, i, packed, 0, packed.length);
    }
    return index;
  }

  private static Rows rows(Random random, HeadIndex index) {
    Rows rows = new Rows(TenantId.DEFAULT, index);
    boolean starts = random.nextBoolean();
    for (int i = random.nextInt(100); i >= 0; i--) {
      long time = 1_800_000_000_000L + random.nextInt(100_000);
      long start = starts ? time - random.nextInt(3) : 0;
      if (random.nextInt(5) == 0) {
        byte[] histogram = new byte[random.nextInt(40)];
        rows.add(
            random.nextInt(50),
            time,
            rows.histograms.append(histogram, 0, histogram.length),
            Rows.HISTOGRAM,
            start);
      } else {
        long bits = random.nextBoolean() ? random.nextLong() : random.nextLong() << 40;
        rows.add(random.nextInt(50), time, bits, Rows.FLOAT, start);
      }
    }
    if (random.nextBoolean()) {
      rows.exemplars.add(
          new Rows.SeriesExemplar(3, new Exemplar(Labels.of("trace_id", "x"), 0.1, 5)));
      rows.metadata.put("m", new MetricMetadata(MetricType.COUNTER, "Help.", "bytes"));
    }
    return rows;
  }
}
