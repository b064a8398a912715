package io.ghostworks.wire.otlp.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.model.label.AttributeNames;
import io.ghostworks.model.record.MetricTable.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricNamesTest {
  private static final TranslationStrategy DEFAULT =
      TranslationStrategy.UNDERSCORE_ESCAPING_WITH_SUFFIXES;

  @ParameterizedTest
  @CsvSource({
    "UNDERSCORE_ESCAPING_WITH_SUFFIXES, requests, '', counter, requests_total",
    "UNDERSCORE_ESCAPING_WITH_SUFFIXES, requests_total, '', counter, requests_total",
    "UNDERSCORE_ESCAPING_WITH_SUFFIXES, total_requests, '', counter, requests_total",
    "UNDERSCORE_ESCAPING_WITH_SUFFIXES, cpu_usage, 1, gauge, cpu_usage_ratio",
    "UNDERSCORE_ESCAPING_WITH_SUFFIXES, cpu_usage_ratio, 1, gauge, cpu_usage_ratio",
    "UNDERSCORE_ESCAPING_WITH_SUFFIXES, items, 1, counter, items_total",
    "UNDERSCORE_ESCAPING_WITH_SUFFIXES, response_time, ms, gauge, response_time_milliseconds",
    "UNDERSCORE_ESCAPING_WITH_SUFFIXES, response.time.seconds, s, histogram, response_time_seconds",
    "UNDERSCORE_ESCAPING_WITH_SUFFIXES, http.server.duration, s, histogram,"
        + " http_server_duration_seconds",
    "UNDERSCORE_ESCAPING_WITH_SUFFIXES, requests, 1/s, gauge, requests_per_second",
    "UNDERSCORE_ESCAPING_WITH_SUFFIXES, throughput, By/s, gauge, throughput_bytes_per_second",
    "UNDERSCORE_ESCAPING_WITH_SUFFIXES, custom_metric, custom_unit, gauge,"
        + " custom_metric_custom_unit",
    "UNDERSCORE_ESCAPING_WITH_SUFFIXES, custom_metric, {custom}, gauge, custom_metric",
    "UNDERSCORE_ESCAPING_WITH_SUFFIXES, custom_metric, By/{custom}, gauge, custom_metric_bytes",
    "UNDERSCORE_ESCAPING_WITH_SUFFIXES, a__b..c, '', gauge, a_b_c",
    "UNDERSCORE_ESCAPING_WITH_SUFFIXES, 123metric, '', gauge, _123metric",
    "UNDERSCORE_ESCAPING_WITH_SUFFIXES, disk, %, gauge, disk_percent",
    "UNDERSCORE_ESCAPING_WITH_SUFFIXES, my.metric, $/m, sum, my_metric_per_minute",
    "UNDERSCORE_ESCAPING_WITHOUT_SUFFIXES, metric@with#special$chars, s, counter,"
        + " metric_with_special_chars",
    "UNDERSCORE_ESCAPING_WITHOUT_SUFFIXES, 123metric, '', gauge, _123metric",
    "UNDERSCORE_ESCAPING_WITHOUT_SUFFIXES, a__b, '', gauge, a__b",
    "NO_UTF8_ESCAPING_WITH_SUFFIXES, http.requests, '', counter, http.requests_total",
    "NO_UTF8_ESCAPING_WITH_SUFFIXES, http.requests.total, '', counter, http.requests_total",
    "NO_UTF8_ESCAPING_WITH_SUFFIXES, mém.usage, By, gauge, mém.usage_bytes",
    "NO_UTF8_ESCAPING_WITH_SUFFIXES, mem.usage_bytes, By, gauge, mem.usage_bytes",
    "NO_UTF8_ESCAPING_WITH_SUFFIXES, rate, By/s, counter, rate_bytes_per_second_total",
    "NO_TRANSLATION, http.requests, s, counter, http.requests",
  })
  void followThePublishedStrategies(
      TranslationStrategy strategy, String name, String unit, String kind, String expected) {
    Kind metricKind =
        switch (kind) {
          case "counter", "sum" -> Kind.SUM;
          case "gauge" -> Kind.GAUGE;
          default -> Kind.HISTOGRAM;
        };
    assertThat(new MetricNames(strategy, "").family(name, unit, metricKind, kind.equals("counter")))
        .isEqualTo(expected);
  }

  @Test
  void takeANamespaceInFront() {
    assertThat(new MetricNames(DEFAULT, "ns").family("a.b", "s", Kind.GAUGE, false))
        .isEqualTo("ns_a_b_seconds");
    assertThat(
            new MetricNames(
                    TranslationStrategy.UNDERSCORE_ESCAPING_WITHOUT_SUFFIXES, "test@namespace!!??")
                .family("metric", "", Kind.GAUGE, false))
        .isEqualTo("test_namespace_metric");
    assertThat(
            new MetricNames(TranslationStrategy.NO_TRANSLATION, "ns")
                .family("a.b", "", Kind.GAUGE, false))
        .isEqualTo("ns_a.b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "@#$%"})
  void refuseNamesOfWhichNothingIsLeft(String name) {
    assertThatThrownBy(() -> new MetricNames(DEFAULT, "").family(name, "", Kind.GAUGE, false))
        .hasMessage("normalization for metric \"%s\" resulted in empty name".formatted(name));
  }

  @Test
  void refuseNamesOfUnderscoresOnly() {
    assertThatThrownBy(() ->
            new MetricNames(TranslationStrategy.UNDERSCORE_ESCAPING_WITHOUT_SUFFIXES, "")
                .family("@_#_$_%", "", Kind.GAUGE, false))
        .hasMessage("normalization for metric \"@_#_$_%\" resulted in invalid name \"_____\"");
  }

  @ParameterizedTest
  @CsvSource({"ms, milliseconds", "By/s, bytes_per_second", "1/s, per_second", "{x}, ''", "1, ''"})
  void nameUnits(String unit, String expected) {
    assertThat(MetricNames.unit(unit)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "http.method, http_method, http_method",
    "123invalid, key_123invalid, key_123invalid",
    "_private, key_private, _private",
    "__reserved__, __reserved__, __reserved__",
    "a..b, a__b, a_b",
    "été, key_t_, _t_",
  })
  void nameLabels(String key, String prometheus, String loki) {
    assertThat(AttributeNames.prometheus(true).label(key)).isEqualTo(prometheus);
    assertThat(AttributeNames.LOKI.label(key)).isEqualTo(loki);
    assertThat(AttributeNames.prometheus(false).label(key)).isEqualTo(key);
  }
}
