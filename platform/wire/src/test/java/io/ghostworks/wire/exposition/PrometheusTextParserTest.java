package io.ghostworks.wire.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.model.label.LabelSetTable;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.MetricType;
import io.ghostworks.model.metric.Samples;
import io.ghostworks.wire.WireFormatException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrometheusTextParserTest {

  private static ExpositionParser parser(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return ExpositionFormat.PROMETHEUS_TEXT.parser(bytes, 0, bytes.length);
  }

  static List<String> entries(ExpositionParser parser) {
    List<String> entries = new ArrayList<>();
    while (true) {
      ExpositionParser.Entry entry = parser.next();
      switch (entry) {
        case TYPE -> entries.add("type " + parser.family() + " " + parser.type().word());
        case HELP -> entries.add("help " + parser.family() + " " + parser.help());
        case UNIT -> entries.add("unit " + parser.family() + " " + parser.unit());
        case SERIES -> {
          String series =
              new String(
                  parser.bytes(),
                  parser.seriesStart(),
                  parser.seriesEnd() - parser.seriesStart(),
                  StandardCharsets.UTF_8);
          entries.add(
              series
                  + " = "
                  + parser.value()
                  + (parser.hasTimestamp() ? " @" + parser.timestampMs() : "")
                  + (parser.hasExemplar() ? " # " + parser.exemplar(-1) : ""));
        }
        case END -> {
          return entries;
        }
      }
    }
  }

  @Test
  void readsWhatPrometheusReads() {
    String text =
        """
        # HELP go_gc_duration_seconds A summary of the GC invocation durations.
        # 	TYPE go_gc_duration_seconds summary
        go_gc_duration_seconds{quantile="0"} 4.9351e-05
        go_gc_duration_seconds{quantile="0.25",} 7.424100000000001e-05
        go_gc_duration_seconds{quantile="0.8", a="b"} 8.3835e-05
        # Hrandom comment starting with prefix of HELP
        #

        # HELP nohelp1
        # HELP nohelp2\s
        go_gc_duration_seconds { quantile = "2.0" a = "b" } 8.3835e-05
        some:aggregate:rate5m{a_b="c"}	1
        go_goroutines 33  	123123
        # HELP esc one\\ntwo\\\\three \\" four
        {"http.status",q="http.status",label="a\\"b"} 8
        {"go.gc", quantile="0"}4
        # TYPE "dotted.name" counter
        dangling{a="b"}1
        x NaN 5\
        """;
    assertThat(entries(parser(text)))
        .containsExactly(
            "help go_gc_duration_seconds A summary of the GC invocation durations.",
            "type go_gc_duration_seconds summary",
            "go_gc_duration_seconds{quantile=\"0\"} = 4.9351E-5",
            "go_gc_duration_seconds{quantile=\"0.25\",} = 7.424100000000001E-5",
            "go_gc_duration_seconds{quantile=\"0.8\", a=\"b\"} = 8.3835E-5",
            "help nohelp1 ",
            "help nohelp2 ",
            "go_gc_duration_seconds { quantile = \"2.0\" a = \"b\" } = 8.3835E-5",
            "some:aggregate:rate5m{a_b=\"c\"} = 1.0",
            "go_goroutines = 33.0 @123123",
            "help esc one\ntwo\\three \\\" four",
            "{\"http.status\",q=\"http.status\",label=\"a\\\"b\"} = 8.0",
            "{\"go.gc\", quantile=\"0\"} = 4.0",
            "type dotted.name counter",
            "dangling{a=\"b\"} = 1.0",
            "x = NaN @5");
  }

  @Test
  void givesLabelsWithEscapesResolvedAndBoundsNormalised() {
    ExpositionParser parser =
        parser("# TYPE h histogram\nh_bucket{le=\"1\",p=\"C:\\\\x\\n\\\"\",e=\"\"} 2\n");
    parser.next();
    assertThat(parser.type()).isEqualTo(MetricType.HISTOGRAM);
    parser.next();
    Labels expected = Labels.of("__name__", "h_bucket", "le", "1.0", "p", "C:\\x\n\"");
    assertThat(parser.labels()).isEqualTo(expected);
    assertThat(parser.packedLabels()).isEqualTo(LabelSetTable.pack(expected));
  }

  @Test
  void givesEveryNanTheSameBits() {
    ExpositionParser parser = parser("x NaN\n");
    parser.next();
    assertThat(Double.doubleToRawLongBits(parser.value())).isEqualTo(Samples.NAN_BITS);
  }

  @Test
  void refusesALabelThatComesTwice() {
    ExpositionParser parser = parser("x{a=\"1\",a=\"2\"} 1\n");
    parser.next();
    assertThatThrownBy(parser::labels)
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining("label name \"a\" is not unique");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\n",
        "a{b='c'} 1\n",
        "a{b=\n",
        "a{\u00ef=\"foo\"} 1\n",
        "a{b=\"c\"\n",
        "a 1 -5\n",
        "a 1 5 6\n",
        "a 0x1p-3\n",
        "a 1_000\n",
        "empty_label_name{=\"\"} 0",
        "# TYPE a unknown_kind\n",
        "# TYPE a counter x\n",
        "# HELP 1a x\n",
        "9metric 1\n",
        "{\"a\",\"b\"} 1\n",
        "{b=\"c\"} 1\n",
        "something_weird{problem=\"} 1",
        "metric{label=\"\\\"} 1",
        "a 1 99999999999999999999\n",
      })
  void refusesWhatPrometheusRefuses(String text) {
    assertThatThrownBy(
            () -> {
              ExpositionParser parser = parser(text);
              while (parser.next() != ExpositionParser.Entry.END) {
                parser.labels();
              }
            })
        .isInstanceOf(WireFormatException.class);
  }

  @Test
  void refusesLabelValuesThatAreNotUtf8() {
    byte[] text = {'a', '{', 'b', '=', '"', (byte) 0xff, '"', '}', ' ', '1', '\n'};
    assertThatThrownBy(() -> new PrometheusTextParser(text, 0, text.length).next())
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining("UTF-8");
  }

  @Test
  void survivesEveryTruncation() {
    String text = "# HELP a b\n# TYPE a counter\na{b=\"c\",\"d\"=\"e\"} 1.5e3 123\n{\"x.y\"} 2\n";
    for (int length = 0; length < text.length(); length++) {
      try {
        entries(parser(text.substring(0, length)));
      } catch (WireFormatException e) {
        assertThat(e.offset()).isBetween(0L, (long) length);
      }
    }
  }
}
