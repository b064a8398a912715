package io.ghostworks.server.prometheus;

import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.Rejection;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.promql.eval.EngineOptions;
import io.ghostworks.promql.eval.PromqlEngine;
import io.ghostworks.promql.eval.QueryAnswer;
import io.ghostworks.promql.eval.QueryResult;
import io.ghostworks.promql.eval.SeriesPoints;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryException;
import io.ghostworks.series.SeriesEngine;
import io.ghostworks.series.SeriesImport;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Queries;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.settings.ListenerName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * {@code POST /api/platform/record}: evaluates an expression over a range, as a recording rule
 * would have, and stores the result under a name, whatever its age. The form has {@code query},
 * {@code start}, {@code end} and {@code step} as a range query, {@code record} as the name, {@code
 * label} as often as wanted as {@code name=value}, and {@code limit} as a rule group.
 */
public final class RecordApi {
  private static final long POINTS_MAX = 11_000;
  private static final int ROWS_AT_ONCE = 20_000;

  private final SeriesEngine series;
  private final Queries queries;
  private final EngineOptions options;

  public RecordApi(SeriesEngine series, Queries queries, EngineOptions options) {
    this.series = series;
    this.queries = queries;
    this.options = options;
  }

  public void addTo(Routes routes) {
    routes
        .api(ListenerName.PROMETHEUS, "/prometheus", new PrometheusErrors())
        .post("/api/platform/record", Permission.ADMIN, Route.Work.QUERY, this::record);
  }

  private CompletionStage<Answer> record(Exchange exchange) {
    Asked asked = asked(exchange);
    return queries.evaluate(
        exchange,
        "promql",
        asked.query,
        queries.timeout(),
        (e, context) -> record(asked, e, context));
  }

  private Answer record(Asked asked, Exchange exchange, QueryContext context) {
    QueryAnswer answer;
    try {
      answer =
          PromqlEngine.range(
              asked.query, asked.startMs, asked.endMs, asked.stepMs, context, series, options);
    } catch (QueryException e) {
      if (e.kind() == QueryException.Kind.BAD_QUERY) {
        throw PrometheusErrors.parameter("query", String.valueOf(e.getMessage()));
      }
      throw e;
    }
    List<Named> named = named(answer.result(), asked);
    try (SeriesImport target = series.startImport(exchange.tenant())) {
      Acknowledgement stored = store(named, target);
      return PrometheusAnswers.success(json -> {
        json.object();
        json.name("series").number(named.size());
        json.name("stored").number(stored.acceptedRows());
        json.name("refused").number(stored.rejectedRows());
        json.name("reasons").texts(stored.rejections().stream().map(Rejection::example).toList());
        json.endObject();
      });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Acknowledgement store(List<Named> named, SeriesImport target) throws IOException {
    SeriesBatch batch = new SeriesBatch("backfill");
    for (Named one : named) {
      int set = batch.sets().add(one.labels);
      for (int i = 0; i < one.points.size(); i++) {
        FloatHistogram histogram = one.points.histogram(i);
        if (histogram == null) {
          batch.add(set, one.points.timestampMs(i), one.points.value(i));
        } else {
          batch.add(set, one.points.timestampMs(i), histogram);
        }
      }
      if (batch.rows() >= ROWS_AT_ONCE) {
        target.add(batch);
        batch = new SeriesBatch("backfill");
      }
    }
    target.add(batch);
    return target.finish();
  }

  /** The result under its new labels, checked as a rule's is at each of its evaluations. */
  private static List<Named> named(QueryResult result, Asked asked) {
    if (!(result instanceof QueryResult.Matrix matrix)) {
      throw new RequestException(
          422, "rule result is not a vector or scalar, but a %s".formatted(result.type().word()));
    }
    List<Named> named = new ArrayList<>(matrix.series().size());
    Map<Labels, Set<Long>> times = new HashMap<>();
    Map<Long, Integer> counts = new HashMap<>();
    for (SeriesPoints points : matrix.series()) {
      Labels.Builder labels = points.labels().toBuilder();
      asked.labels.forEach(labels::set);
      Labels set = labels.set(Labels.METRIC_NAME, asked.record).build();
      Set<Long> known = times.computeIfAbsent(set, s -> new HashSet<>());
      for (int i = 0; i < points.size(); i++) {
        if (!known.add(points.timestampMs(i))) {
          throw new RequestException(
              422, "vector contains metrics with the same labelset after applying rule labels");
        }
        int count = counts.merge(points.timestampMs(i), 1, Integer::sum);
        if (asked.limit > 0 && count > asked.limit) {
          throw new RequestException(
              422, "exceeded limit of %d with %d series".formatted(asked.limit, count));
        }
      }
      named.add(new Named(set, points));
    }
    return named;
  }

  private static Asked asked(Exchange exchange) {
    String record = exchange.parameter("record").orElse("");
    if (record.isEmpty()) {
      throw PrometheusErrors.parameter("record", "must be the name of the series to be stored");
    }
    Map<String, String> labels = new HashMap<>();
    for (String text : exchange.parameters("label")) {
      int equals = text.indexOf('=');
      if (equals < 1 || text.substring(0, equals).equals(Labels.METRIC_NAME)) {
        throw PrometheusErrors.parameter(
            "label", "must be name=value, and not __name__, got \"%s\"".formatted(text));
      }
      labels.put(text.substring(0, equals), text.substring(equals + 1));
    }
    long startMs = TimeParameters.requiredTimeMs(exchange, "start");
    long endMs = TimeParameters.requiredTimeMs(exchange, "end");
    long stepMs = TimeParameters.stepNanos(exchange) / 1_000_000;
    if (endMs < startMs) {
      throw PrometheusErrors.parameter("end", "end timestamp must not be before start time");
    }
    if (stepMs < 1 || (endMs - startMs) / stepMs > POINTS_MAX) {
      throw PrometheusErrors.parameter(
          "step", "a range must have at most 11,000 steps of at least a millisecond");
    }
    int limit = Limits.limit(exchange);
    return new Asked(
        exchange.parameter("query").orElse(""), record, labels, startMs, endMs, stepMs, limit);
  }

  private record Asked(
      String query,
      String record,
      Map<String, String> labels,
      long startMs,
      long endMs,
      long stepMs,
      int limit) {}

  private record Named(Labels labels, SeriesPoints points) {}
}
