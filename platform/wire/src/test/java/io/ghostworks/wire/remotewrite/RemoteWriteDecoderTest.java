package io.ghostworks.wire.remotewrite;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.Rejection;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.label.LabelSetNumbers;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.label.SentLabelSets;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.wire.Decoded;
import io.ghostworks.wire.WireFormatException;
import io.ghostworks.wire.histogram.NativeBuckets;
import io.ghostworks.wire.proto.ProtoReader;
import io.ghostworks.wire.proto.ProtoWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RemoteWriteDecoderTest {

  private static Decoded<SeriesBatch> decode(byte[] body) {
    return new RemoteWriteDecoder(1000, LabelSetNumbers.NONE)
        .decode(TenantId.DEFAULT, "s", body, 0, body.length);
  }

  private static void series(ProtoWriter out, Consumer<ProtoWriter> items, String... labels) {
    int series = out.begin(1);
    label(out, 1, labels);
    items.accept(out);
    out.end(series);
  }

  private static void label(ProtoWriter out, int field, String... labels) {
    for (int i = 0; i < labels.length; i += 2) {
      int label = out.begin(field);
      out.text(1, labels[i]);
      out.text(2, labels[i + 1]);
      out.end(label);
    }
  }

  private static void sample(ProtoWriter out, double value, long timestampMs) {
    int sample = out.begin(2);
    out.float64Always(1, value);
    out.uint(2, timestampMs);
    out.end(sample);
  }

  /** Numbers every set that it is told of, in the order of the first requests. */
  private static final class Remembering implements LabelSetNumbers {
    private final Map<List<Long>, Long> known = new HashMap<>();

    void remember(SeriesBatch batch) {
      SentLabelSets forms = batch.sets().sentForms();
      for (int set = 0; forms != null && set < batch.sets().size(); set++) {
        if (forms.hasFingerprint(set)) {
          known.putIfAbsent(List.of(forms.high(set), forms.low(set)), (long) known.size());
        }
      }
    }

    @Override
    public Lookup lookup(TenantId tenant) {
      return new Lookup() {
        @Override
        public long find(long high, long low) {
          return known.getOrDefault(List.of(high, low), UNKNOWN);
        }

        @Override
        public void close() {}
      };
    }
  }

  @Test
  void setsThatTheStoreKnowsAreTheSameAsThoseThatAreRead() {
    long seed = 7;
    SplittableRandom random = new SplittableRandom(seed);
    Remembering numbers = new Remembering();
    RemoteWriteDecoder decoder = new RemoteWriteDecoder(1000, numbers);
    int numbered = 0;
    for (int request = 0; request < 60; request++) {
      ProtoWriter out = new ProtoWriter(4096);
      int series = random.nextInt(20);
      for (int i = 0; i < series; i++) {
        String value = Integer.toString(random.nextInt(30));
        // Some have another order, an empty value, a long one, no name, or a label twice.
        String[] labels =
            switch (random.nextInt(12)) {
              case 0 -> new String[] {"b", value, "__name__", "m"};
              case 1 -> new String[] {"__name__", "m", "b", ""};
              case 2 -> new String[] {"__name__", "m", "b", value.repeat(150)};
              case 3 -> new String[] {"a", value};
              case 4 -> new String[] {"__name__", "m", "b", value, "b", value};
              case 5 -> new String[] {"__name__", "m", "b", "\u00e9" + value};
              default -> new String[] {"__name__", "m", "b", value, "c", "x"};
            };
        series(out, o -> sample(o, 1, 1000), labels);
      }
      byte[] body = out.toByteArray();
      Decoded<SeriesBatch> plain = decode(body);
      Decoded<SeriesBatch> known = decoder.decode(TenantId.DEFAULT, "s", body, 0, body.length);
      assertThat(known.rejections().toString())
          .as("seed %d", seed)
          .isEqualTo(plain.rejections().toString());
      assertThat(known.batch().rows()).as("seed %d", seed).isEqualTo(plain.batch().rows());
      for (int row = 0; row < plain.batch().rows(); row++) {
        int set = known.batch().set(row);
        numbered += known.batch().sets().number(set) >= 0 ? 1 : 0;
        int max = known.batch().sets().packedBytesMax(set);
        assertThat(known.batch().sets().labels(set))
            .as("seed %d", seed)
            .isEqualTo(plain.batch().sets().labels(plain.batch().set(row)));
        assertThat(known.batch().sets().hash(set))
            .isEqualTo(plain.batch().sets().hash(plain.batch().set(row)));
        assertThat(ByteArena.length(known.batch().sets().slice(set))).isLessThanOrEqualTo(max);
      }
      numbers.remember(known.batch());
    }
    assertThat(numbered).isGreaterThan(100);
  }

  @Test
  void readsSamplesAndExemplarsAndSortsLabels() {
    ProtoWriter out = new ProtoWriter(64);
    series(
        out,
        o -> {
          sample(o, 1.5, 1000);
          sample(o, Double.NaN, -5);
          int exemplar = o.begin(3);
          label(o, 1, "trace_id", "t");
          o.float64Always(2, 9);
          o.uint(3, 1001);
          o.end(exemplar);
        },
        "z",
        "1",
        "__name__",
        "up",
        "empty",
        "");
    SeriesBatch batch = decode(out.toByteArray()).batch();
    assertThat(batch.rows()).isEqualTo(2);
    assertThat(batch.sets().labels(batch.set(0))).isEqualTo(Labels.of("__name__", "up", "z", "1"));
    assertThat(Double.longBitsToDouble(batch.valueBits(0))).isEqualTo(1.5);
    assertThat(batch.timestampMs(1)).isEqualTo(-5);
    assertThat(batch.exemplar(0).labels()).isEqualTo(Labels.of("trace_id", "t"));
  }

  @Test
  void refusesInvalidLabelsSampleBySample() {
    ProtoWriter out = new ProtoWriter(64);
    series(out, o -> sample(o, 1, 1), "a", "b");
    series(
        out,
        o -> {
          sample(o, 1, 1);
          sample(o, 1, 2);
        },
        "__name__",
        "x",
        "a",
        "1",
        "a",
        "2");
    series(out, o -> sample(o, 1, 1), "__name__", "x", "", "v");
    series(out, o -> sample(o, 1, 1), "__name__", "good");
    Decoded<SeriesBatch> decoded = decode(out.toByteArray());
    assertThat(decoded.batch().rows()).isEqualTo(1);
    assertThat(decoded.rejections())
        .containsExactly(
            new Rejection(
                Rejection.Reason.INVALID_LABELS,
                4,
                "a series needs a metric name in the label __name__"));
  }

  @Test
  void readsIntegerAndFloatHistograms() {
    ProtoWriter out = new ProtoWriter(64);
    series(
        out,
        o -> {
          histogram(o, false, 6);
          histogram(o, true, 99);
        },
        "__name__",
        "h");
    SeriesBatch batch = decode(out.toByteArray()).batch();
    assertThat(batch.rows()).isEqualTo(2);
    FloatHistogram integer = batch.histogram(0);
    assertThat(integer.positiveCounts()).containsExactly(2, 3);
    assertThat(integer.positiveSpanOffsets()).containsExactly(-1);
    assertThat(integer.count()).isEqualTo(6);
    assertThat(integer.counterReset()).isEqualTo(FloatHistogram.CounterReset.NOT_RESET);
    assertThat(batch.timestampMs(0)).isEqualTo(77);
    assertThat(batch.histogram(1).positiveCounts()).containsExactly(2.5, 3.5);
  }

  @Test
  void readsRepeatedNumbersThatAreWrittenOneByOne() {
    ProtoWriter out = new ProtoWriter(64);
    series(
        out,
        o -> {
          int histogram = o.begin(4);
          o.uint(1, 5);
          o.float64Always(3, 12.5);
          o.sint32(4, -53);
          int span = o.begin(11);
          o.uint(2, 2);
          o.end(span);
          o.uint(12, 4); // zigzag of 2
          o.uint(12, 2); // zigzag of 1
          o.float64Always(16, 0.5);
          o.float64Always(16, 1);
          o.end(histogram);
        },
        "__name__",
        "h");
    SeriesBatch batch = decode(out.toByteArray()).batch();
    assertThat(batch.rows()).isEqualTo(1);
    assertThat(batch.histogram(0).positiveCounts()).containsExactly(2, 3);
    assertThat(batch.histogram(0).customBounds()).containsExactly(0.5, 1);
  }

  @Test
  void refusesHistogramsThatContradictThemselves() {
    ProtoWriter out = new ProtoWriter(64);
    series(out, o -> histogram(o, false, 7), "__name__", "h");
    Decoded<SeriesBatch> decoded = decode(out.toByteArray());
    assertThat(decoded.batch().rows()).isZero();
    assertThat(decoded.rejections().getFirst().example())
        .isEqualTo("6.0 observations found in buckets, but the count is 7.0");
  }

  @Test
  void refusesAHistogramOfTooManyBucketsAndNothingElse() {
    ProtoWriter out = new ProtoWriter(64);
    series(
        out,
        o -> {
          int histogram = o.begin(4);
          int deltas = o.begin(12);
          for (int i = 0; i <= NativeBuckets.BUCKETS_MAX; i++) {
            o.varint(0);
          }
          o.end(deltas);
          o.end(histogram);
          histogram(o, false, 6);
        },
        "__name__",
        "h");
    Decoded<SeriesBatch> decoded = decode(out.toByteArray());
    assertThat(decoded.batch().rows()).isOne();
    assertThat(decoded.rejections().getFirst().example())
        .isEqualTo("a histogram may have at most 65536 buckets");
  }

  private static void histogram(ProtoWriter out, boolean isFloat, long count) {
    int histogram = out.begin(4);
    if (isFloat) {
      out.float64Always(2, count);
      out.float64Always(7, 1);
    } else {
      out.uint(1, count);
      out.uint(6, 1);
    }
    out.float64Always(3, 12.5);
    out.sint32(4, 3);
    out.float64Always(5, 0.001);
    int span = out.begin(11);
    out.sint32(1, -1);
    out.uint(2, 2);
    out.end(span);
    if (isFloat) {
      out.tag(13, ProtoReader.BYTES);
      out.varint(16);
      out.rawFixed64(Double.doubleToRawLongBits(2.5));
      out.rawFixed64(Double.doubleToRawLongBits(3.5));
    } else {
      int deltas = out.begin(12);
      out.varint(4);
      out.varint(2);
      out.end(deltas);
    }
    out.uint(14, 2);
    out.uint(15, 77);
    out.end(histogram);
  }

  @Test
  void survivesDamage() {
    ProtoWriter out = new ProtoWriter(64);
    series(
        out,
        o -> {
          sample(o, 1, 1);
          histogram(o, false, 6);
          histogram(o, true, 6);
        },
        "__name__",
        "h",
        "a",
        "b");
    byte[] body = out.toByteArray();
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = java.util.Arrays.copyOf(body, random.nextInt(body.length) + 1);
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        decode(damaged);
      } catch (WireFormatException e) {
        assertThat(e.offset()).isBetween(-1L, (long) damaged.length);
      }
    }
  }

  @Test
  void readsPlainLabelsAsItReadsAnyLabels() {
    long seed = Long.getLong("seed", System.nanoTime());
    SplittableRandom random = new SplittableRandom(seed);
    String[] texts = {"__name__", "a", "job", "up", "", "é", "z".repeat(130), "__name_", "J", "aa"};
    for (int round = 0; round < 3_000; round++) {
      String[] labels = new String[2 * random.nextInt(5)];
      for (int i = 0; i < labels.length; i++) {
        labels[i] = texts[random.nextInt(random.nextBoolean() ? 4 : texts.length)];
      }
      if (random.nextInt(4) > 0) {
        labels = java.util.Arrays.copyOf(labels, labels.length + 2);
        labels[labels.length - 2] = "__name__";
        labels[labels.length - 1] = "metric";
      }
      ProtoWriter before = new ProtoWriter(64);
      series(before, o -> sample(o, 2, 7), labels);
      ProtoWriter after = new ProtoWriter(64);
      int series = after.begin(1);
      sample(after, 2, 7);
      label(after, 1, labels);
      after.end(series);
      Decoded<SeriesBatch> plain = decode(before.toByteArray());
      Decoded<SeriesBatch> any = decode(after.toByteArray());
      assertThat(plain.rejections().toString())
          .as("seed %d", seed)
          .isEqualTo(any.rejections().toString());
      assertThat(plain.batch().rows()).as("seed %d", seed).isEqualTo(any.batch().rows());
      if (any.batch().rows() > 0) {
        assertThat(plain.batch().sets().labels(0))
            .as("seed %d", seed)
            .isEqualTo(any.batch().sets().labels(0));
        assertThat(plain.batch().sets().hash(0))
            .as("seed %d", seed)
            .isEqualTo(any.batch().sets().hash(0));
        assertThat(plain.batch().timestampMs(0)).isEqualTo(7);
      }
    }
  }
}
