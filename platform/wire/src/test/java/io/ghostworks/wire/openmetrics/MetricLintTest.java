package io.ghostworks.wire.openmetrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.wire.WireFormatException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricLintTest {

  private static List<String> lint(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    List<ExposedFamily> families =
        text.endsWith("# EOF\n") ? OpenMetricsValidator.validate(bytes) : TextFamilies.read(bytes);
    return MetricLint.of(families).stream().map(p -> p.metric() + " " + p.text()).toList();
  }

  @Test
  void saysNothingOfGoodMetrics() {
    assertThat(
            lint(
                """
                # HELP x_seconds h
                # TYPE x_seconds histogram
                x_seconds_bucket{a="1",le="1"} 1
                x_seconds_bucket{a="1",le="+Inf"} 1
                x_seconds_sum{a="1"} 1
                x_seconds_count{a="1"} 1
                # HELP y_total h
                # TYPE y_total counter
                y_total 1
                """))
        .isEmpty();
  }

  @Test
  void givesAdviceInTheWordsOfPromlint() {
    assertThat(
            lint(
                """
                # TYPE requests counter
                requests{pathName="a"} 1
                requests{pathName="a"} 2
                # HELP wait_milliseconds_total h
                # TYPE wait_milliseconds_total gauge
                wait_milliseconds_total{le="1"} 1
                # HELP a:gauge_ms h
                # TYPE a:gauge_ms gauge
                a:gauge_ms{quantile="1"} 1
                # HELP queueSize_bucket h
                # TYPE queueSize_bucket gauge
                queueSize_bucket 1
                """))
        .containsExactly(
            "a:gauge_ms metric names should not contain ':'",
            "a:gauge_ms metric names should not contain abbreviated units",
            "a:gauge_ms non-summary metrics should not have \"quantile\" label",
            "queueSize_bucket metric names should be written in 'snake_case' not 'camelCase'",
            "queueSize_bucket non-histogram metrics should not have \"_bucket\" suffix",
            "requests counter metrics should have \"_total\" suffix",
            "requests label names should be written in 'snake_case' not 'camelCase'",
            "requests label names should be written in 'snake_case' not 'camelCase'",
            "requests metric not unique",
            "requests no help text",
            "wait_milliseconds_total non-counter metrics should not have \"_total\" suffix",
            "wait_milliseconds_total non-histogram metrics should not have \"le\" label",
            "wait_milliseconds_total use base unit \"seconds\" instead of \"milliseconds\"");
  }

  @Test
  void takesOpenMetricsWithTheNamesOfItsSamples() {
    assertThat(lint("# HELP x h\n# TYPE x counter\nx_total 1\n# EOF\n")).isEmpty();
  }

  @Test
  void countsSeriesByTheFirstMetric() {
    List<ExposedFamily> families =
        TextFamilies.read(
            """
            # TYPE s summary
            s{a="1",quantile="0.5"} 1
            s_sum{a="1"} 1
            s_count{a="1"} 1
            s_sum{a="2"} 1
            # TYPE u untyped
            u{a="1"} 1
            u{a="2"} 1
            """
                .getBytes(StandardCharsets.UTF_8));
    assertThat(families.stream().map(ExposedFamily::cardinality)).containsExactly(6, 2);
  }

  @Test
  void refusesWhatIsNoText() {
    assertThatThrownBy(() -> lint("a 1\n# TYPE a gauge\n"))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining("TYPE reported after samples");
    assertThatThrownBy(() -> lint("a 1")).hasMessageContaining("unexpected end of input stream");
    assertThatThrownBy(() -> lint("a b\n")).isInstanceOf(WireFormatException.class);
  }
}
