package io.ghostworks.server.traces;

import io.ghostworks.config.DurationForm;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Queries;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.wholetraces.LeanSpans;
import io.ghostworks.traceql.analysis.SetComparison;
import io.ghostworks.traceql.analysis.TraceComparison;
import io.ghostworks.traceql.trace.TraceSummary;
import java.time.Duration;

/** {@code /api/platform/traces}: what is told of one trace, and of two beside each other. */
public final class TracesApi {
  private static final Duration MARGIN_DEFAULT = Duration.ofHours(1);
  private static final Duration MARGIN_MAX = Duration.ofDays(7);
  private static final int LOGS_DEFAULT = 1_000;
  private static final int LOGS_MAX = 5_000;

  private final RecordSource records;
  private final Queries queries;

  public TracesApi(RecordSource records, Queries queries) {
    this.records = records;
    this.queries = queries;
  }

  public void addTo(Routes.Api api) {
    api.get(
            "/api/platform/traces/{traceId}/analysis",
            Permission.READ,
            Route.Work.QUERY,
            queries.endpoint(this::analysis))
        .get(
            "/api/platform/traces/{traceId}/logs",
            Permission.READ,
            Route.Work.QUERY,
            queries.endpoint(this::logs))
        .get(
            "/api/platform/traces/compare",
            Permission.READ,
            Route.Work.QUERY,
            queries.endpoint(this::compare))
        .get(
            "/api/platform/traces/compare-sets",
            Permission.READ,
            Route.Work.QUERY,
            queries.evaluation("traceql", TracesApi::sets, this::compareSets));
  }

  private static String sets(Exchange exchange) {
    return "%s against %s"
        .formatted(
            exchange.parameter("selection").orElse(""),
            exchange.parameter("baseline").orElse("{ }"));
  }

  private Answer compareSets(Exchange exchange, QueryContext context) {
    SetsRequest request = SetsRequest.of(exchange, queries.clock());
    SpanSets sets =
        new SpanSets(
            records, context, request.startNanos(), request.endNanos(), request.spansMax());
    SetComparison comparison = sets.compare(request.selection(), request.baseline());
    return Answer.json(
            200,
            SetComparisonJson.of(
                comparison, sets.sampled(), request.attributesMax(), request.valuesMax()))
        .compressed();
  }

  private Answer analysis(Exchange exchange, QueryContext context) {
    StoredTrace trace = StoredTrace.read(asked(exchange), records, context);
    return Answer.json(
            200,
            TraceAnalysisJson.of(
                trace.spans(), trace.tree(), trace.analysis(queries.clock().epochNanos())))
        .compressed();
  }

  private Answer logs(Exchange exchange, QueryContext context) {
    TraceKey key = asked(exchange);
    int limit = Numbers.whole(exchange, "limit", LOGS_DEFAULT, 1, LOGS_MAX);
    TraceLogs.Range range = around(key, margin(exchange).toNanos(), context);
    return Answer.json(200, TraceLogs.read(key, range, limit, records, context).json())
        .compressed();
  }

  private TraceLogs.Range around(TraceKey key, long marginNanos, QueryContext context) {
    SpanBatch spans;
    try (LeanSpans read = LeanSpans.read(key, records, context)) {
      spans = read.batch();
    }
    if (spans.rows() == 0) {
      // Its spans may have been sampled away: its newest log records are those of the last hours.
      long now = queries.clock().epochNanos();
      return new TraceLogs.Range(now - marginNanos, now + marginNanos);
    }
    TraceSummary summary = TraceSummary.of(spans);
    return new TraceLogs.Range(
        summary.startNanos() - Math.min(marginNanos, summary.startNanos()),
        summary.endNanos() + Math.min(marginNanos, Long.MAX_VALUE - summary.endNanos()));
  }

  private static Duration margin(Exchange exchange) {
    return exchange
        .parameter("margin")
        .map(text -> {
          try {
            Duration margin = DurationForm.PROMETHEUS.parse(text);
            if (!margin.isNegative() && margin.compareTo(MARGIN_MAX) <= 0) {
              return margin;
            }
          } catch (IllegalArgumentException e) {
            throw new RequestException(
                400, "the parameter 'margin' must be a duration: " + e.getMessage(), e);
          }
          throw RequestException.bad(
              "the parameter 'margin' must be at most %s, got '%s'"
                  .formatted(DurationForm.PROMETHEUS.format(MARGIN_MAX), text));
        })
        .orElse(MARGIN_DEFAULT);
  }

  private Answer compare(Exchange exchange, QueryContext context) {
    StoredTrace left = StoredTrace.read(named(exchange, "left"), records, context);
    StoredTrace right = StoredTrace.read(named(exchange, "right"), records, context);
    return Answer.json(
            200,
            TraceComparisonJson.of(
                left,
                right,
                TraceComparison.of(left.spans(), left.tree(), right.spans(), right.tree())))
        .compressed();
  }

  private static TraceKey asked(Exchange exchange) {
    return StoredTrace.key("the path", exchange.variable("traceId"));
  }

  private static TraceKey named(Exchange exchange, String name) {
    return StoredTrace.key(
        "the parameter '%s'".formatted(name), exchange.parameter(name).orElse(""));
  }
}
