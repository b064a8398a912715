package io.ghostworks.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.model.label.Labels;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PrometheusTemplateTest {

  static final PrometheusTemplate.Context CONTEXT =
      PrometheusTemplate.Context.of(
          URI.create("http://testhost:9090/path/prefix"),
          Labels.of("cluster", "eu"),
          1_700_000_000_500L,
          (expression, timestampMs) ->
              switch (expression) {
                case "metric" ->
                    List.of(
                        new PrometheusTemplate.Sample(
                            Labels.of("__name__", "metric", "instance", "b"), 21),
                        new PrometheusTemplate.Sample(
                            Labels.of("__name__", "metric", "instance", "a", "__value__", "v"),
                            11));
                case "bad" -> throw new IllegalArgumentException("no such thing");
                default -> List.of();
              });

  /** Each line: a template, a tilde, what Prometheus writes. */
  static List<String[]> expanded() {
    return GoldenLines.read(
        """
        {{ $value }} {{ $labels.job }} {{ $externalLabels.cluster }} {{ $externalURL }}~0.05 api eu http://testhost:9090/path/prefix
        {{ .Value }} {{ .Labels.job }}{{ .Labels.none }}~0.05 api
        {{ query "metric" | first | value }} {{ query "metric" | len }}~21 2
        {{ query "metric" | sortByLabel "instance" | first | label "instance" }}~a
        {{ range query "metric" }}{{ .Labels.instance }}:{{ .Value }}; {{ end }}.~b:21; a:11; .
        {{ query "metric" | sortByLabel "instance" | first | strvalue }}~v
        {{ with query "none" }}{{ . | first | value }}{{ else }}nothing{{ end }}~nothing
        {{ humanize 0.0 }}:{{ humanize 1.0 }}:{{ humanize 1234567.0 }}:{{ humanize .12 }}~0:1:1.235M:120m
        {{ humanize "1234567" }} {{ humanize1024 1048576.0 }} {{ humanize1024 0.0 }}~1.235M 1Mi 0
        {{ humanizeDuration 0 }}:{{ humanizeDuration 60 }}:{{ humanizeDuration 86400 }}~0s:1m 0s:1d 0h 0m 0s
        {{ humanizeDuration .1 }} {{ humanizeDuration -90.5 }} {{ humanizeDuration 899.99 }}~100ms -1m 30s 14m 59s
        {{ -0.22222 | humanizePercentage }} {{ 1.234567 | humanizePercentage }}~-22.22% 123.5%
        {{ 1435065584.128 | humanizeTimestamp }}~2015-06-23 13:19:44.128 +0000 UTC
        {{ (1435065584.128 | toTime).Format "2006" }} {{ (30 | toDuration).String }}~2015 30s
        {{ now }} {{ parseDuration "1h2m10ms" }} {{ parseDuration "-5m" }}~1.7000000005e+09 3720.01 -300
        {{ "aa bb CC" | title }} {{ "a-b" | toUpper }}~Aa Bb CC A-B
        {{ "host.example.com:9100" | stripPort }} {{ "host.example.com:9100" | stripDomain }}~host.example.com host:9100
        {{ "192.0.2.1:9100" | stripDomain }} {{ "[2001:db8::1]:80" | stripPort }}~192.0.2.1:9100 2001:db8::1
        {{ graphLink "up{a=\\"b\\"}" }} {{ tableLink "up" }}~/graph?g0.expr=up%7Ba%3D%22b%22%7D&g0.tab=0 /graph?g0.expr=up&g0.tab=1
        {{ externalURL }} {{ pathPrefix }}~http://testhost:9090/path/prefix /path/prefix
        {{ define "x" }}{{ .arg0 }}-{{ .arg1 }}{{ end }}{{ template "x" (args 1 "b") }}~1-b
        {{ if gt $value 0.01 }}high{{ else }}low{{ end }}~high
        {{ if match "^a" $labels.job }}{{ reReplaceAll "a(.)i" "$1" $labels.job }}{{ end }}~p
        {{ $value | printf "%.2f" }} {{ urlQueryEscape "a b" }}~0.05 a+b
        """);
  }

  @ParameterizedTest
  @MethodSource("expanded")
  void expandsAsPrometheusDoes(String template, String expected) {
    assertThat(expand(template)).isEqualTo(expected);
  }

  @Test
  void namesTheTemplateInErrors() {
    assertThatThrownBy(() -> PrometheusTemplate.parse("__alert_A", "{{ nope }}"))
        .hasMessage("template: __alert_A:1: function \"nope\" not defined");
    assertThatThrownBy(() -> expand("{{ query \"bad\" }}"))
        .hasMessage(
            "error executing template __alert_A: template: __alert_A:1:115: executing"
                + " \"__alert_A\" at <query \"bad\">: error calling query: no such thing");
    assertThatThrownBy(() -> expand("{{ \"x\" | humanize }}"))
        .hasMessageContaining(
            "error calling humanize: strconv.ParseFloat: parsing \"x\": invalid syntax");
  }

  static String expand(String text) {
    return PrometheusTemplate.parse("__alert_A", text)
        .expand(Labels.of("job", "api"), 0.05, CONTEXT);
  }
}
