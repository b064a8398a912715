package io.ghostworks.wire.remotewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.model.Rejection;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.MetricMetadata;
import io.ghostworks.model.metric.MetricType;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.wire.Decoded;
import io.ghostworks.wire.WireFormatException;
import io.ghostworks.wire.proto.ProtoReader;
import io.ghostworks.wire.proto.ProtoWriter;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RemoteWrite2DecoderTest {

  private static Decoded<SeriesBatch> decode(byte[] body) {
    return new RemoteWrite2Decoder(1000, 10_000).decode("s", body, 0, body.length, bytes -> {});
  }

  @Test
  void aSeriesHasItsTypeAndUnitAsLabelsWhereTheyAreWanted() {
    ProtoWriter out = new ProtoWriter(256);
    symbols(out, "__name__", "size_bytes", "__type__", "mine", "bytes");
    series(
        out,
        items -> {
          sample(items, 1, 1000, 0);
          metadata(items, 2, 0, 5);
        },
        1,
        2,
        3,
        4);
    byte[] body = out.toByteArray();
    SeriesBatch plain = decode(body).batch();
    assertThat(plain.sets().labels(0).get("__type__")).isEqualTo("mine");
    SeriesBatch typed =
        new RemoteWrite2Decoder(1000, 10_000, true)
            .decode("s", body, 0, body.length, bytes -> {})
            .batch();
    assertThat(typed.sets().labels(0))
        .isEqualTo(Labels.of("__name__", "size_bytes", "__type__", "gauge", "__unit__", "bytes"));
  }

  private static void symbols(ProtoWriter out, String... symbols) {
    out.bytesAlways(4, new byte[0], 0, 0);
    for (String symbol : symbols) {
      out.text(4, symbol);
    }
  }

  private static void series(ProtoWriter out, Consumer<ProtoWriter> items, int... refs) {
    int series = out.begin(5);
    refs(out, refs);
    items.accept(out);
    out.end(series);
  }

  private static void refs(ProtoWriter out, int... refs) {
    int packed = out.begin(1);
    for (int ref : refs) {
      out.varint(ref);
    }
    out.end(packed);
  }

  private static void sample(ProtoWriter out, double value, long timestampMs, long startMs) {
    int sample = out.begin(2);
    out.float64Always(1, value);
    out.uint(2, timestampMs);
    out.uint(3, startMs);
    out.end(sample);
  }

  private static void metadata(ProtoWriter out, int type, int help, int unit) {
    int metadata = out.begin(5);
    out.uint(1, type);
    out.uint(3, help);
    out.uint(4, unit);
    out.end(metadata);
  }

  private static void exemplar(ProtoWriter out, int... refs) {
    int exemplar = out.begin(4);
    refs(out, refs);
    out.float64Always(2, 9);
    out.uint(3, 1001);
    out.end(exemplar);
  }

  private static void histogram(ProtoWriter out, long count) {
    int histogram = out.begin(3);
    out.uint(1, count);
    out.float64Always(3, 12.5);
    out.sint32(4, -53);
    int span = out.begin(11);
    out.uint(2, 2);
    out.end(span);
    int deltas = out.begin(12);
    out.varint(4);
    out.varint(2);
    out.end(deltas);
    out.uint(15, 77);
    out.tag(16, ProtoReader.BYTES);
    out.varint(8);
    out.rawFixed64(Double.doubleToRawLongBits(0.5));
    out.uint(17, 70);
    out.end(histogram);
  }

  @Test
  void readsSamplesWithTheirStartsExemplarsAndMetadata() {
    ProtoWriter out = new ProtoWriter(64);
    series( // Before the symbols: fields of a message have no order.
        out,
        o -> {
          sample(o, 1.5, 1000, 500);
          sample(o, Double.NaN, -5, 0);
          exemplar(o, 5, 6);
          metadata(o, 5, 7, 8);
        },
        3,
        4,
        1,
        2);
    symbols(out, "__name__", "x_count", "z", "1", "trace_id", "t", "helps", "seconds");
    SeriesBatch batch = decode(out.toByteArray()).batch();
    assertThat(batch.rows()).isEqualTo(2);
    assertThat(batch.sets().labels(batch.set(0)))
        .isEqualTo(Labels.of("__name__", "x_count", "z", "1"));
    assertThat(Double.longBitsToDouble(batch.valueBits(0))).isEqualTo(1.5);
    assertThat(batch.startTimestampMs(0)).isEqualTo(500);
    assertThat(batch.startTimestampMs(1)).isZero();
    assertThat(batch.timestampMs(1)).isEqualTo(-5);
    assertThat(batch.exemplar(0).labels()).isEqualTo(Labels.of("trace_id", "t"));
    assertThat(batch.metadata())
        .containsExactly(
            java.util.Map.entry("x", new MetricMetadata(MetricType.SUMMARY, "helps", "seconds")));
  }

  @Test
  void readsHistogramsOfCustomBucketsWithTheirStart() {
    ProtoWriter out = new ProtoWriter(64);
    symbols(out, "__name__", "h");
    series(out, o -> histogram(o, 5), 1, 2);
    series(out, o -> histogram(o, 6), 1, 2);
    Decoded<SeriesBatch> decoded = decode(out.toByteArray());
    assertThat(decoded.batch().rows()).isEqualTo(1);
    assertThat(decoded.batch().histogram(0).positiveCounts()).containsExactly(2, 3);
    assertThat(decoded.batch().histogram(0).customBounds()).containsExactly(0.5);
    assertThat(decoded.batch().startTimestampMs(0)).isEqualTo(70);
    assertThat(decoded.rejections())
        .containsExactly(
            new Rejection(
                Rejection.Reason.INVALID_ROW,
                1,
                "5.0 observations found in buckets, but the count is 6.0"));
  }

  @Test
  void refusesOneSeriesAndKeepsTheOthers() {
    ProtoWriter out = new ProtoWriter(64);
    symbols(out, "__name__", "x", "a");
    Consumer<ProtoWriter> one = o -> sample(o, 1, 1, 0);
    series(out, one, 1, 2, 3); // Odd.
    series(out, one, 1, 9); // No such symbol.
    series(out, one, 3, 2); // No name.
    series(out, one, 1, 2, 3, 2, 3, 1); // A name twice.
    series(out, one, 1, 2, 0, 2); // An empty name.
    series(
        out,
        o -> {
          sample(o, 1, 1, 0);
          metadata(o, 1, 99, 0);
        },
        1,
        2);
    series(out, o -> {}, 1, 2);
    series(out, one, 1, 2, 3, 0);
    series(out, o -> exemplar(o, 3, 2), 1, 2);
    series(out, o -> exemplar(o, 3, 77), 1, 2);
    Decoded<SeriesBatch> decoded = decode(out.toByteArray());
    assertThat(decoded.batch().rows()).isEqualTo(1);
    assertThat(decoded.batch().exemplars()).isEqualTo(1);
    assertThat(decoded.rejections())
        .containsExactly(
            new Rejection(Rejection.Reason.INVALID_LABELS, 6, "invalid labelRefs length 3"),
            new Rejection(
                Rejection.Reason.INVALID_ROW,
                2,
                "TimeSeries must contain at least one sample or histogram for series x"));
  }

  @Test
  void boundsLabelsThatShortReferencesMake() {
    ProtoWriter out = new ProtoWriter(64);
    symbols(out, "__name__", "x".repeat(3000));
    for (int i = 0; i < 9; i++) {
      series(out, o -> sample(o, 1, 1, 0), 1, 2);
    }
    AtomicLong asked = new AtomicLong();
    byte[] body = out.toByteArray();
    Decoded<SeriesBatch> decoded =
        new RemoteWrite2Decoder(1000, 10_000).decode("s", body, 0, body.length, asked::addAndGet);
    assertThat(decoded.batch().rows()).isEqualTo(3);
    assertThat(decoded.rejectedRows()).isEqualTo(6);
    assertThat(asked.get()).isPositive();
    assertThatThrownBy(() ->
            new RemoteWrite2Decoder(1000, 10_000)
                .decode(
                    "s",
                    body,
                    0,
                    body.length,
                    bytes -> {
                      throw new IllegalStateException("full");
                    }))
        .hasMessage("full");
  }

  @Test
  void readsPackedReferencesAsItReadsSingleOnes() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    String[] symbols = new String[300];
    Arrays.setAll(symbols, i -> "n%03d".formatted(i));
    symbols[0] = "__name__";
    symbols[1] = "b".repeat(127);
    symbols[2] = "b".repeat(128);
    symbols[3] = "\u00e9";
    symbols[4] = "__name_";
    symbols[5] = "";
    symbols[6] = "__name__x";
    for (int round = 0; round < 300; round++) {
      ProtoWriter packed = new ProtoWriter(64);
      ProtoWriter single = new ProtoWriter(64);
      symbols(packed, symbols);
      symbols(single, symbols);
      for (int i = 0; i < 20; i++) {
        int[] refs = randomRefs(random);
        int samples = random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(2);
        int metadata = random.nextInt(3) * random.nextInt(160);
        Consumer<ProtoWriter> items =
            o -> {
              for (int s = 0; s < samples; s++) {
                sample(o, s, 1000 + s, s);
              }
              exemplar(o, 8, 9);
              metadata(o, metadata % 3, metadata, 0);
            };
        series(packed, items, refs);
        singleSeries(single, items, refs);
      }
      Decoded<SeriesBatch> actual = decode(packed.toByteArray());
      Decoded<SeriesBatch> expected = decode(single.toByteArray());
      assertThat(shown(actual)).as("seed %d, round %d", seed, round).isEqualTo(shown(expected));
      assertThat(actual.batch().rows()).as("seed %d, round %d", seed, round).isPositive();
    }
  }

  /** References of labels, most of them in order and with a metric name. */
  private static int[] randomRefs(SplittableRandom random) {
    int[] names = random.ints(random.nextInt(6), 8, 301).sorted().toArray();
    int[] refs = new int[2 * names.length + 2];
    refs[0] = 1;
    refs[1] = 8 + random.nextInt(290);
    for (int i = 0; i < names.length; i++) {
      refs[2 * i + 2] = names[i];
      refs[2 * i + 3] = 8 + random.nextInt(290);
    }
    if (random.nextInt(3) == 0) {
      refs[random.nextInt(refs.length)] = random.nextInt(320);
    }
    return refs;
  }

  private static void singleSeries(ProtoWriter out, Consumer<ProtoWriter> items, int... refs) {
    int series = out.begin(5);
    for (int ref : refs) {
      out.tag(1, ProtoReader.VARINT);
      out.varint(ref);
    }
    items.accept(out);
    out.end(series);
  }

  private static String shown(Decoded<SeriesBatch> decoded) {
    SeriesBatch batch = decoded.batch();
    StringBuilder shown = new StringBuilder();
    for (int row = 0; row < batch.rows(); row++) {
      shown
          .append(batch.set(row))
          .append(batch.sets().labels(batch.set(row)))
          .append(batch.sets().hash(batch.set(row)))
          .append(batch.timestampMs(row))
          .append(batch.valueBits(row))
          .append(batch.startTimestampMs(row));
    }
    for (int i = 0; i < batch.exemplars(); i++) {
      shown.append(batch.exemplarSet(i)).append(batch.exemplar(i));
    }
    return shown.append(batch.metadata()).append(decoded.rejections()).toString();
  }

  @Test
  void readsLengthsInMoreBytesThanTheyNeed() {
    ProtoWriter out = new ProtoWriter(64);
    out.bytesAlways(4, new byte[0], 0, 0);
    out.tag(4, ProtoReader.BYTES);
    out.varint(0x88); // With the zero that follows: 8.
    byte[] name = "__name__".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    byte[] head = out.toByteArray();
    head[head.length - 1] = 0;
    ProtoWriter body = new ProtoWriter(64);
    body.raw(head, 0, head.length);
    body.raw(name, 0, name.length);
    body.text(4, "x");
    body.text(4, "help");
    series(
        body,
        o -> {
          sample(o, 1, 1, 0);
          metadata(o, 1, 3, 0);
        },
        1,
        2);
    SeriesBatch batch = decode(body.toByteArray()).batch();
    assertThat(batch.sets().labels(batch.set(0))).isEqualTo(Labels.of("__name__", "x"));
    assertThat(batch.metadata())
        .containsEntry("x", new MetricMetadata(MetricType.COUNTER, "help", ""));
  }

  @Test
  void survivesDamage() {
    ProtoWriter out = new ProtoWriter(64);
    symbols(out, "__name__", "h", "a", "b", "help");
    series(
        out,
        o -> {
          sample(o, 1, 1, 1);
          histogram(o, 5);
          exemplar(o, 3, 4);
          metadata(o, 3, 5, 0);
        },
        1,
        2,
        3,
        4);
    byte[] body = out.toByteArray();
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = Arrays.copyOf(body, random.nextInt(body.length) + 1);
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        decode(damaged);
      } catch (WireFormatException e) {
        assertThat(e.offset()).isBetween(-1L, (long) damaged.length);
      }
    }
  }
}
