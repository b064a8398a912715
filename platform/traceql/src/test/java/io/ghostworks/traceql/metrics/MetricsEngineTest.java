package io.ghostworks.traceql.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.model.TenantId;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryException;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.runtime.time.SimulatedTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class MetricsEngineTest {

  private static final long SECOND = 1_000_000_000;
  private static final long BASE = 1_700_000_000L * SECOND;

  private final List<TestSpan> spans = new ArrayList<>();

  private void span(String service, double atSeconds, long durationMs, Object... attributes) {
    Map<String, Object> map = new HashMap<>();
    for (int i = 0; i < attributes.length; i += 2) {
      map.put((String) attributes[i], attributes[i + 1]);
    }
    int number = spans.size() + 1;
    spans.add(
        new TestSpan(
            number,
            number,
            0,
            service,
            "op",
            BASE + (long) (atSeconds * SECOND),
            durationMs * 1_000_000,
            2,
            durationMs > 500 ? 2 : 0,
            map));
  }

  static QueryContext context() {
    return new QueryContext(
        TenantId.DEFAULT,
        new SimulatedTime(0),
        Duration.ofSeconds(10),
        new MemoryLedger().open("test", 64 << 20),
        64 << 20);
  }

  private MetricsAnswer range(String query) {
    return ask(query, MetricsEngine::range);
  }

  private interface Call {
    MetricsAnswer of(MetricsEngine engine, MetricsRequest request, QueryContext context);
  }

  private MetricsAnswer ask(String query, Call call) {
    try (QueryContext context = context()) {
      return call.of(
          new MetricsEngine(new MemorySpans(spans), MetricsOptions.DEFAULT),
          MetricsRequest.of(query, BASE + SECOND, BASE + 30 * SECOND, 10 * SECOND),
          context);
    }
  }

  private static String shown(MetricsAnswer answer) {
    StringBuilder out = new StringBuilder();
    for (MetricSeries series : answer.series()) {
      for (MetricLabel label : series.labels()) {
        out.append(label.name()).append('=').append(text(label.value())).append(' ');
      }
      for (int i = 0; i < series.values().length; i++) {
        long second = series.timestampsMs()[i] / 1000 - BASE / SECOND;
        out.append(second).append(':').append(series.values()[i]).append(' ');
      }
      out.append('\n');
    }
    return out.toString();
  }

  private static String text(LabelValue value) {
    return switch (value) {
      case LabelValue.Text(String text) -> text;
      case LabelValue.Whole(long number) -> "int(" + number + ")";
      case LabelValue.Real(double number) -> Double.toString(number);
      case LabelValue.Bool(boolean bool) -> Boolean.toString(bool);
    };
  }

  @Test
  void countsSpansByStepsThatAreOpenAtTheirStart() {
    span("a", 0, 1);
    span("a", 0.5, 1);
    span("a", 10, 1);
    span("a", 10.001, 1);
    span("b", 30, 1);
    assertThat(shown(range("{} | count_over_time()")))
        .isEqualTo("__name__=count_over_time 0:1.0 10:2.0 20:1.0 30:1.0 \n");
    assertThat(shown(range("{} | rate() by (resource.service.name)")))
        .isEqualTo(
            """
            resource.service.name=a 0:0.1 10:0.2 20:0.1 30:0.0\s
            resource.service.name=b 0:0.0 10:0.0 20:0.0 30:0.1\s
            """);
  }

  @Test
  void aQueryWithoutMatchesHasOneSeriesOfZerosIfItHasNoLabels() {
    assertThat(shown(range("{ span.x = `y` } | rate()")))
        .isEqualTo("__name__=rate 0:0.0 10:0.0 20:0.0 30:0.0 \n");
    assertThat(range("{ span.x = `y` } | rate() by (name)").series()).isEmpty();
    assertThat(range("{ false } | rate()").series()).isEmpty();
  }

  @Test
  void durationsAreInSecondsAndStepsWithoutSpansAreLeftOut() {
    span("a", 5, 100);
    span("a", 6, 300);
    span("a", 25, 1000);
    assertThat(shown(range("{} | max_over_time(duration)")))
        .isEqualTo("__name__=max_over_time 10:0.3 30:1.0 \n");
    assertThat(shown(range("{} | min_over_time(span:duration) by (status)")))
        .isEqualTo("status=error 30:1.0 \nstatus=unset 10:0.1 \n");
    assertThat(shown(range("{} | avg_over_time(duration)")))
        .isEqualTo("__name__=avg_over_time 10:0.2 30:1.0 \n");
    assertThat(shown(range("{} | sum_over_time(duration)")))
        .isEqualTo("__name__=sum_over_time 10:0.4 30:1.0 \n");
  }

  @Test
  void labelsKeepTheTypesOfTheirValuesAndLeaveOutWhatSpansLack() {
    span("a", 5, 1, "code", 200L, "ok", true);
    span("a", 5, 1, "code", "200", "ok", true);
    span("a", 5, 1, "ok", false);
    span("a", 5, 1);
    assertThat(shown(range("{} | count_over_time() by (span.code, .ok)")))
        .isEqualTo(
            """
            .ok=false 0:0.0 10:1.0 20:0.0 30:0.0\s
            span.code=nil 0:0.0 10:1.0 20:0.0 30:0.0\s
            span.code=int(200) .ok=true 0:0.0 10:1.0 20:0.0 30:0.0\s
            span.code=200 .ok=true 0:0.0 10:1.0 20:0.0 30:0.0\s
            """);
  }

  @Test
  void histogramsCountByPowersOfTwo() {
    span("a", 5, 1, "size", 3L);
    span("a", 5, 1, "size", 4L);
    span("a", 5, 1, "size", 5L);
    span("a", 5, 1, "size", 1L);
    span("a", 5, 1, "size", 2.5);
    assertThat(shown(range("{} | histogram_over_time(span.size)")))
        .isEqualTo(
            "__bucket=4.0 0:0.0 10:2.0 20:0.0 30:0.0 \n__bucket=8.0 0:0.0 10:1.0 20:0.0 30:0.0 \n");
  }

  @Test
  void quantilesHaveTheirNumberAsALabelAndZeroWithoutSpans() {
    for (int i = 0; i < 10; i++) {
      span("a", 5, 1024);
    }
    MetricsAnswer answer = range("{} | quantile_over_time(duration, .5, 1) by (name)");
    assertThat(answer.series()).hasSize(2);
    assertThat(answer.series().getFirst().labels().getLast())
        .isEqualTo(new MetricLabel("p", new LabelValue.Real(0.5)));
    assertThat(answer.series().getFirst().values()[1])
        .isCloseTo(Math.pow(2, 30 - 0.5) / 1e9, Offset.offset(1e-9));
    assertThat(answer.series().getLast().values()).containsExactly(0, 0x1p30 / 1e9, 0, 0);
  }

  @Test
  void anInstantIsOneStepOverTheWholeRange() {
    span("a", 0.5, 1);
    span("a", 1.5, 1);
    span("b", 30, 1);
    assertThat(
            shown(ask("{} | count_over_time() by (resource.service.name)", MetricsEngine::instant)))
        .isEqualTo("resource.service.name=a 30:1.0 \nresource.service.name=b 30:1.0 \n");
  }

  /** A root of service a at second 5 with two children of service b, one of which fails. */
  private void tree() {
    span("a", 5, 1000, "x", 1L);
    long trace = spans.getLast().traceId();
    for (int i = 0; i < 2; i++) {
      span("b", 6 + 10.0 * i, i == 0 ? 10 : 900, "x", 2L);
      TestSpan child = spans.removeLast();
      spans.add(
          new TestSpan(
              trace,
              child.spanId(),
              trace,
              child.service(),
              "child",
              child.startNanos(),
              child.durationNanos(),
              child.kind(),
              child.status(),
              child.attributes()));
    }
  }

  @Test
  void structureAndPipelinesAreWorkedOutOfWholeTraces() {
    tree();
    span("c", 7, 1);
    assertThat(shown(range("{ resource.service.name = `a` } >> {} | count_over_time()")))
        .isEqualTo("__name__=count_over_time 0:0.0 10:1.0 20:1.0 30:0.0 \n");
    assertThat(shown(range("{} | count() > 2 | count_over_time() by (resource.service.name)")))
        .isEqualTo(
            """
            resource.service.name=a 0:0.0 10:1.0 20:0.0 30:0.0\s
            resource.service.name=b 0:0.0 10:1.0 20:1.0 30:0.0\s
            """);
    assertThat(shown(range("{} | count_over_time() by (trace:rootService)")))
        .isEqualTo(
            """
            rootServiceName=a 0:0.0 10:2.0 20:1.0 30:0.0\s
            rootServiceName=c 0:0.0 10:1.0 20:0.0 30:0.0\s
            """);
    assertThat(shown(range("{ nestedSetParent < 0 } | count_over_time()")))
        .isEqualTo("__name__=count_over_time 0:0.0 10:2.0 20:0.0 30:0.0 \n");
    assertThat(shown(range("{ span.x + 1 = 3 } | max_over_time(duration)")))
        .isEqualTo("__name__=max_over_time 10:0.01 20:0.9 \n");
  }

  @Test
  void aComparisonCountsTheValuesOfAllAttributesOnBothSides() {
    tree();
    String text = shown(range("{} | compare({ status = error })"));
    assertThat(text)
        .contains("__meta_type=selection resource.service.name=a 0:0.0 10:1.0 20:0.0 30:0.0 \n")
        .contains("__meta_type=selection resource.service.name=b 0:0.0 10:0.0 20:1.0 30:0.0 \n")
        .contains("__meta_type=baseline resource.service.name=b 0:0.0 10:1.0 20:0.0 30:0.0 \n")
        .contains("__meta_type=baseline span.x=int(2) 0:0.0 10:1.0 20:0.0 30:0.0 \n")
        .contains("__meta_type=selection_total span.x=nil 0:0.0 10:1.0 20:1.0 30:0.0 \n")
        .contains("__meta_type=baseline_total status=nil 0:0.0 10:1.0 20:0.0 30:0.0 \n")
        .contains("__meta_type=selection rootServiceName=a 0:0.0 10:1.0 20:1.0 30:0.0 \n")
        .doesNotContain("duration");
    assertThat(shown(range("{} | compare({ status = error }, 1)")))
        .doesNotContain("__meta_type=selection resource.service.name=b");
    assertThat(
            shown(
                range(
                    "{} | compare({ status = error }, 10, %d, %d)"
                        .formatted(BASE + 10 * SECOND, BASE + 30 * SECOND))))
        .contains("__meta_type=baseline resource.service.name=a 0:0.0 10:1.0 20:0.0 30:0.0 \n")
        .contains("__meta_type=selection resource.service.name=b 0:0.0 10:0.0 20:1.0 30:0.0 \n");
  }

  @Test
  void seriesAreComputedWithAndChosen() {
    span("a", 5, 1, "code", 500L);
    span("a", 5, 1);
    span("b", 5, 1);
    assertThat(
            shown(
                range(
                    "({ span.code >= 500 } | count_over_time()) / ({} | count_over_time()) * 100")))
        .isEqualTo(
            "__name__=(count_over_time / count_over_time) 10:33.33333333333333 \n"
                .replace("33.33333333333333 ", 100 * (1.0 / 3) + " "));
    assertThat(shown(range("{} | count_over_time() by (resource.service.name) | topk(1)")))
        .isEqualTo("resource.service.name=a 0:0.0 10:2.0 20:0.0 30:0.0 \n");
    assertThat(shown(range("{} | count_over_time() by (resource.service.name) > 1")))
        .isEqualTo("resource.service.name=a 10:2.0 \n");
  }

  @Test
  void exemplarsAreOfDifferentTracesAndShowTheValueOfTheirSpan() {
    for (int i = 0; i < 50; i++) {
      span("a", 1.5 + i / 2.0, 10L * (i + 1));
    }
    MetricsAnswer answer =
        range("{} | max_over_time(duration) by (resource.service.name) with(exemplars=10)");
    List<MetricExemplar> exemplars = answer.series().getFirst().exemplars();
    assertThat(exemplars).hasSize(8); // two of each fifth of the range, the first of which is empty
    assertThat(exemplars).extracting(MetricExemplar::timestampMs).isSorted();
    assertThat(exemplars.getFirst().labels())
        .extracting(MetricLabel::name)
        .containsExactly("trace:id", "resource.service.name", "duration");
    assertThat(exemplars.stream().map(exemplar -> exemplar.labels().getFirst()).distinct())
        .hasSize(8);
    assertThat(range("{} | rate() with(exemplars=false)").series().getFirst().exemplars())
        .isEmpty();
    MetricSeries rate = range("{} | rate()").series().getFirst();
    assertThat(rate.exemplars()).isNotEmpty();
    assertThat(rate.exemplars().getFirst().value()).isIn(rate.values()[1], rate.values()[2]);
    assertThat(ask("{} | rate()", MetricsEngine::instant).series().getFirst().exemplars())
        .isEmpty();
  }

  @Test
  void moreSeriesThanMayBeMakeTheAnswerPartial() {
    for (int i = 0; i < 20; i++) {
      span("s" + i, 5, 1);
    }
    try (QueryContext context = context()) {
      MetricsAnswer answer =
          new MetricsEngine(new MemorySpans(spans), MetricsOptions.DEFAULT)
              .range(
                  new MetricsRequest(
                      "{} | rate() by (resource.service.name)",
                      BASE,
                      BASE + 30 * SECOND,
                      10 * SECOND,
                      0,
                      5),
                  context);
      assertThat(answer.partial()).isTrue();
      assertThat(answer.series()).hasSize(5);
      assertThat(answer.message()).startsWith("Response exceeds maximum series limit of 5,");
    }
  }

  @Test
  void faultsAreToldInTemposWords() {
    assertThatThrownBy(() -> range("{}"))
        .isInstanceOf(QueryException.class)
        .hasMessage("not a metrics query");
    assertThatThrownBy(() -> range("{} | quantile_over_time(duration, 2)"))
        .hasMessageContaining("compiling query: quantile must be between 0 and 1");
    assertThatThrownBy(() -> range("{} | rate("))
        .isInstanceOf(QueryException.class)
        .hasMessageStartingWith("parse error");
  }
}
