package io.ghostworks.wire.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.FloatHistogram.CounterReset;
import io.ghostworks.model.metric.Samples;
import io.ghostworks.wire.WireFormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryWriterTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final HistoryWriter writer = new HistoryWriter(out);

  private static ExpositionParser parser(byte[] text) {
    return PrometheusTextParser.ofHistory(text, 0, text.length);
  }

  @Test
  void floatsComeBackBitForBit() throws IOException {
    long seed = Long.getLong("seed", 20261123);
    SplittableRandom random = new SplittableRandom(seed);
    Labels labels = Labels.of("__name__", "a.b", "x y", "q\"\\\n", "z", "é");
    writer.beginSeries(labels);
    long[] bits = new long[20_000];
    for (int i = 0; i < bits.length; i++) {
      bits[i] =
          switch (random.nextInt(8)) {
            case 0 -> Samples.STALE_BITS;
            case 1 -> Double.doubleToRawLongBits(-0.0);
            case 2 -> Samples.NAN_BITS;
            case 3 -> Double.doubleToRawLongBits(random.nextInt(1000) / 10.0);
            default -> random.nextLong();
          };
      writer.sample(i - 5, Double.longBitsToDouble(bits[i]), i % 3);
    }
    ExpositionParser parser = parser(out.toByteArray());
    for (int i = 0; i < bits.length; i++) {
      assertThat(parser.next()).isEqualTo(ExpositionParser.Entry.SERIES);
      assertThat(Double.doubleToRawLongBits(parser.value())).as("seed %d", seed).isEqualTo(bits[i]);
      assertThat(parser.timestampMs()).isEqualTo(i - 5);
      assertThat(parser.startTimestampMs()).isEqualTo(i % 3);
      assertThat(parser.histogram()).isNull();
    }
    assertThat(parser.labels()).isEqualTo(labels);
    assertThat(parser.next()).isEqualTo(ExpositionParser.Entry.END);
  }

  @Test
  void histogramsComeBackBitForBit() throws IOException {
    FloatHistogram exponential =
        new FloatHistogram(
            CounterReset.GAUGE,
            -4,
            0x1p-128,
            0.1,
            1e300,
            Double.NEGATIVE_INFINITY,
            new int[] {-7, 3},
            new int[] {1, 2},
            new double[] {1, 2.5, 1 / 3.0},
            new int[] {2},
            new int[] {1},
            new double[] {9},
            new double[0]);
    FloatHistogram custom =
        new FloatHistogram(
            CounterReset.UNKNOWN,
            FloatHistogram.CUSTOM_BUCKETS,
            0,
            0,
            0,
            0,
            new int[0],
            new int[0],
            new double[0],
            new int[0],
            new int[0],
            new double[0],
            new double[] {-1, 0.1, 7});
    writer.beginSeries(Labels.of("__name__", "h"));
    writer.histogram(1, exponential, 0);
    writer.histogram(2, custom, 1);
    writer.histogram(3, FloatHistogram.stale(), 0);
    ExpositionParser parser = parser(out.toByteArray());
    for (FloatHistogram expected :
        new FloatHistogram[] {exponential, custom, FloatHistogram.stale()}) {
      parser.next();
      assertThat(parser.histogram()).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a{} {} 1",
        "a{} {count:1} 1",
        "a{} {count:1,count:2} 1",
        "a{} {count:1,sum:1,schema:1,zero_threshold:1,zero_count:1,more:1} 1",
        "a{} {count:x,sum:1,schema:1,zero_threshold:1,zero_count:1} 1",
        "a{} {count:1,sum:1,schema:1,zero_threshold:1,zero_count:1,reset:maybe} 1",
        "a{} {count:1,sum:1,schema:1,zero_threshold:1,zero_count:1,positive_spans:[1]} 1",
        "a{} { 1",
        "a 0xzzzzzzzzzzzzzzzz 1",
        "a 1 1 st@x",
        "a 1 1 st@99999999999999999999"
      })
  void refusesWhatItDoesNotWrite(String line) {
    byte[] text = (line + "\n").getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> parser(text).next()).isInstanceOf(WireFormatException.class);
  }

  @Test
  void scrapesTakeNoHistory() {
    byte[] text =
        "a{} {count:1,sum:1,schema:1,zero_threshold:1,zero_count:1} 1\n"
            .getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> new PrometheusTextParser(text, 0, text.length).next())
        .isInstanceOf(WireFormatException.class);
  }
}
