package io.ghostworks.wire.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.wire.WireFormatException;
import io.ghostworks.wire.exposition.ExpositionFormat.Histograms;
import io.ghostworks.wire.exposition.ExpositionParser.Entry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProtobufParserTest {

  private interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  private static ByteString message(Fields fields) throws IOException {
    ByteString.Output bytes = ByteString.newOutput();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    fields.write(out);
    out.flush();
    return bytes.toByteString();
  }

  private static byte[] family(String name, int type, ByteString metric) throws IOException {
    ByteString family =
        message(out -> {
          out.writeString(1, name);
          out.writeString(2, "Help of it.");
          out.writeEnum(3, type);
          out.writeBytes(4, metric);
          out.writeString(5, "seconds");
        });
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeUInt32NoTag(family.size());
    out.writeRawBytes(family);
    out.flush();
    return bytes.toByteArray();
  }

  private static ByteString metric(int field, ByteString content) throws IOException {
    ByteString label =
        message(out -> {
          out.writeString(1, "job");
          out.writeString(2, "a");
        });
    return message(out -> {
      out.writeBytes(1, label);
      out.writeBytes(field, content);
    });
  }

  private static ByteString histogram() throws IOException {
    ByteString bucket =
        message(out -> {
          out.writeUInt64(1, 2);
          out.writeDouble(2, 1);
        });
    ByteString span =
        message(out -> {
          out.writeSInt32(1, -1);
          out.writeUInt32(2, 3);
        });
    return message(out -> {
      out.writeUInt64(1, 6);
      out.writeDouble(2, 12.5);
      out.writeBytes(3, bucket);
      out.writeSInt32(5, 3);
      out.writeDouble(6, 0.001);
      out.writeUInt64(7, 1);
      out.writeBytes(12, span);
      out.writeSInt64(13, 2);
      out.writeSInt64(13, -2);
      out.writeSInt64(13, 3);
      out.writeBytes(15, message(start -> start.writeInt64(1, 1_700)));
    });
  }

  private static ExpositionParser parser(byte[] bytes, Histograms histograms) {
    return ExpositionFormat.PROTOBUF.parser(
        bytes, 0, bytes.length, ExpositionFormat.Reading.of(histograms));
  }

  private static List<String> entries(byte[] bytes, Histograms histograms) {
    ExpositionParser parser = parser(bytes, histograms);
    List<String> entries = new ArrayList<>();
    for (Entry entry = parser.next(); entry != Entry.END; entry = parser.next()) {
      entries.add(
          switch (entry) {
            case HELP -> "help " + parser.help();
            case UNIT -> "unit " + parser.unit();
            case TYPE -> parser.family() + " " + parser.type().word();
            case SERIES ->
                parser.labels() + (parser.histogram() == null ? " " + parser.value() : " native");
            case END -> "";
          });
      if (entry == Entry.SERIES) {
        assertThat(parser.exemplars(0)).isNotNull();
      }
    }
    return entries;
  }

  @Test
  void readsACounterWithItsMetadata() throws IOException {
    byte[] bytes = family("c_total", 0, metric(3, message(out -> out.writeDouble(1, 7))));
    assertThat(entries(bytes, Histograms.NATIVE))
        .containsExactly(
            "help Help of it.",
            "unit seconds",
            "c_total counter",
            entries(bytes, Histograms.CLASSIC).getLast())
        .last()
        .asString()
        .contains("c_total", "job", "7.0");
  }

  @Test
  void readsASummaryAsSeveralSeries() throws IOException {
    ByteString quantile =
        message(out -> {
          out.writeDouble(1, 1);
          out.writeDouble(2, 3);
        });
    ByteString summary =
        message(out -> {
          out.writeUInt64(1, 4);
          out.writeDouble(2, 9);
          out.writeBytes(3, quantile);
        });
    List<String> entries = entries(family("s", 2, metric(4, summary)), Histograms.NATIVE);
    assertThat(entries).hasSize(6);
    assertThat(entries.get(3)).contains("s_count").endsWith("4.0");
    assertThat(entries.get(4)).contains("s_sum").endsWith("9.0");
    assertThat(entries.get(5)).contains("quantile", "1.0").endsWith("3.0");
  }

  @Test
  void readsANativeHistogramWithoutItsEmptyBuckets() throws IOException {
    ExpositionParser parser = parser(family("h", 4, metric(7, histogram())), Histograms.NATIVE);
    while (parser.next() != Entry.SERIES) {}
    FloatHistogram histogram = parser.histogram();
    assertThat(histogram).isNotNull();
    assertThat(histogram.positiveSpanOffsets()).containsExactly(-1, 1);
    assertThat(histogram.positiveSpanLengths()).containsExactly(1, 1);
    assertThat(histogram.positiveCounts()).containsExactly(2, 3);
    assertThat(histogram.count()).isEqualTo(6);
    assertThat(parser.startTimestampMs()).isEqualTo(1_700_000);
    assertThat(parser.next()).isEqualTo(Entry.END);
  }

  @Test
  void readsAGaugeHistogramAsOne() throws IOException {
    ExpositionParser parser = parser(family("h", 5, metric(7, histogram())), Histograms.NATIVE);
    while (parser.next() != Entry.SERIES) {}
    assertThat(parser.histogram()).isNotNull();
    assertThat(parser.histogram().counterReset()).isEqualTo(FloatHistogram.CounterReset.GAUGE);
  }

  @Test
  void theChoiceDecidesWhichRepresentationIsRead() throws IOException {
    byte[] bytes = family("h", 4, metric(7, histogram()));
    assertThat(entries(bytes, Histograms.NATIVE)).hasSize(4);
    assertThat(entries(bytes, Histograms.CLASSIC)).hasSize(7).last().asString().endsWith("6.0");
    assertThat(entries(bytes, Histograms.NATIVE_AND_CLASSIC)).hasSize(8);
  }

  @Test
  void refusesAHistogramWhoseBucketsDoNotAddUp() throws IOException {
    ByteString wrong = histogram().concat(message(out -> out.writeUInt64(1, 99)));
    byte[] bytes = family("h", 4, metric(7, wrong));
    assertThatThrownBy(() -> entries(bytes, Histograms.NATIVE))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining("observations found in buckets");
  }

  @Test
  void damagedBytesAreRefusedOrReadButNothingElseHappens() throws IOException {
    byte[] whole = family("h", 4, metric(7, histogram()));
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
      for (int changes = random.nextInt(4); changes > 0 && damaged.length > 0; changes--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      try {
        entries(damaged, Histograms.NATIVE_AND_CLASSIC);
      } catch (WireFormatException expected) {
        assertThat(expected.getMessage()).isNotEmpty();
      }
    }
  }
}
