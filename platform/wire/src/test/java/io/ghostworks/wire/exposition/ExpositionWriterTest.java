package io.ghostworks.wire.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.Exemplar;
import io.ghostworks.model.metric.MetricType;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ExpositionWriterTest {

  private static String written(ExpositionFormat format) {
    ExpositionWriter writer = new ExpositionWriter(format);
    writer.family("requests_total", "a \"b\"\n\\", MetricType.COUNTER, "");
    writer.sample(
        "requests_total",
        Labels.of("p", "x\"y\\z\n"),
        1e6,
        1500L,
        new Exemplar(Labels.of("trace_id", "t"), 0.5, 1500));
    writer.family("t_seconds", "", MetricType.UNKNOWN, "seconds");
    writer.sample("t_seconds", Labels.EMPTY, Double.POSITIVE_INFINITY);
    writer.family("a.b", "", MetricType.GAUGE, "");
    writer.sample("a.b", Labels.of("c.d", "e"), -0.0);
    return new String(writer.finish(), StandardCharsets.UTF_8);
  }

  @Test
  void writesThePrometheusTextFormat() {
    assertThat(written(ExpositionFormat.PROMETHEUS_TEXT))
        .isEqualTo(
            """
            # HELP requests_total a "b"\\n\\\\
            # TYPE requests_total counter
            requests_total{p="x\\"y\\\\z\\n"} 1e+06 1500
            # TYPE t_seconds untyped
            t_seconds +Inf
            # TYPE "a.b" gauge
            {"a.b","c.d"="e"} -0
            """);
  }

  @Test
  void writesOpenMetrics() {
    assertThat(written(ExpositionFormat.OPENMETRICS))
        .isEqualTo(
            """
            # HELP requests a \\"b\\"\\n\\\\
            # TYPE requests counter
            requests_total{p="x\\"y\\\\z\\n"} 1e+06 1.500 # {trace_id="t"} 0.5 1.500
            # TYPE t_seconds unknown
            # UNIT t_seconds seconds
            t_seconds +Inf
            # TYPE "a.b" gauge
            {"a.b","c.d"="e"} -0
            # EOF
            """);
  }

  @Test
  void writesWhatTheParsersRead() {
    for (ExpositionFormat format :
        java.util.List.of(ExpositionFormat.PROMETHEUS_TEXT, ExpositionFormat.OPENMETRICS)) {
      byte[] text = written(format).getBytes(StandardCharsets.UTF_8);
      assertThat(PrometheusTextParserTest.entries(format.parser(text, 0, text.length)))
          .hasSizeGreaterThanOrEqualTo(7);
    }
  }
}
