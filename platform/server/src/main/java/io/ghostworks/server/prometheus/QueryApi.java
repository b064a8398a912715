package io.ghostworks.server.prometheus;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.promql.eval.EngineOptions;
import io.ghostworks.promql.eval.PromqlEngine;
import io.ghostworks.promql.eval.QueryAnswer;
import io.ghostworks.promql.eval.QueryResult;
import io.ghostworks.promql.eval.SeriesPoints;
import io.ghostworks.promql.text.FloatText;
import io.ghostworks.query.QueryException;
import io.ghostworks.query.series.SeriesSource;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Queries;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.settings.ListenerName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code query} and {@code query_range}. */
public final class QueryApi {

  private static final int POINTS_MAX = 11_000;

  private final SeriesSource source;
  private final Queries queries;
  private final EngineOptions options;

  public QueryApi(SeriesSource source, Queries queries, EngineOptions options) {
    this.source = source;
    this.queries = queries;
    this.options = options;
  }

  public void addTo(Routes routes) {
    routes
        .api(ListenerName.PROMETHEUS, "/prometheus", new PrometheusErrors())
        .refuseUnknown("/prometheus")
        .getOrForm("/api/v1/query", Permission.READ, Route.Work.QUERY, this::instant)
        .getOrForm("/api/v1/query_range", Permission.READ, Route.Work.QUERY, this::range);
  }

  private CompletionStage<Answer> instant(Exchange exchange) {
    int limit = Limits.limit(exchange);
    long time = TimeParameters.timeMs(exchange, "time", queries.clock().epochMs());
    String query = query(exchange);
    EngineOptions own = options(exchange);
    return queries.answer(
        exchange,
        TimeParameters.timeout(exchange, queries.timeout()),
        (e, context) ->
            answer(
                evaluated(() -> PromqlEngine.instant(query, time, context, source, own)), limit));
  }

  private CompletionStage<Answer> range(Exchange exchange) {
    int limit = Limits.limit(exchange);
    long start = TimeParameters.requiredTimeMs(exchange, "start");
    long end = TimeParameters.requiredTimeMs(exchange, "end");
    if (end < start) {
      throw RequestException.bad(
          "invalid parameter \"end\": end timestamp must not be before start time");
    }
    long step = TimeParameters.stepMs(exchange);
    if ((end - start) / step > POINTS_MAX) {
      throw RequestException.bad(
          "exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)");
    }
    String query = query(exchange);
    EngineOptions own = options(exchange);
    return queries.answer(
        exchange,
        TimeParameters.timeout(exchange, queries.timeout()),
        (e, context) ->
            answer(
                evaluated(() -> PromqlEngine.range(query, start, end, step, context, source, own)),
                limit));
  }

  private static QueryAnswer evaluated(Supplier<QueryAnswer> evaluation) {
    try {
      return evaluation.get();
    } catch (QueryException e) {
      if (e.kind() == QueryException.Kind.BAD_QUERY) {
        throw new RequestException(400, "invalid parameter \"query\": " + e.getMessage(), e);
      }
      throw e;
    }
  }

  private static String query(Exchange exchange) {
    return exchange.parameter("query").orElse("");
  }

  private EngineOptions options(Exchange exchange) {
    return exchange
        .parameter("lookback_delta")
        .map(text -> options.withLookbackMs(TimeParameters.lookbackMs(text)))
        .orElse(options);
  }

  private static Answer answer(QueryAnswer answer, int limit) {
    List<String> warnings = new ArrayList<>(answer.warnings());
    if (limit > 0 && size(answer.result()) > limit) {
      warnings.add(Limits.TRUNCATED);
    }
    return PrometheusAnswers.success(
        json -> {
          json.writeStartObject();
          json.writeStringField("resultType", answer.result().type().word());
          json.writeFieldName("result");
          write(json, answer.result(), limit);
          json.writeEndObject();
        },
        warnings,
        answer.infos());
  }

  private static int size(QueryResult result) {
    return switch (result) {
      case QueryResult.Vector vector -> vector.samples().size();
      case QueryResult.Matrix matrix -> matrix.series().size();
      case QueryResult.Scalar scalar -> 1;
      case QueryResult.StringResult text -> 1;
    };
  }

  private static void write(JsonGenerator json, QueryResult result, int limit) throws IOException {
    switch (result) {
      case QueryResult.Vector vector -> {
        json.writeStartArray();
        for (QueryResult.Sample sample : Limits.limited(vector.samples(), limit)) {
          json.writeStartObject();
          json.writeFieldName("metric");
          PrometheusAnswers.labels(json, sample.labels());
          if (sample.histogram() == null) {
            json.writeFieldName("value");
            point(json, vector.timestampMs(), FloatText.formatJson(sample.value()));
          } else {
            json.writeFieldName("histogram");
            HistogramJson.point(json, vector.timestampMs(), sample.histogram());
          }
          json.writeEndObject();
        }
        json.writeEndArray();
      }
      case QueryResult.Matrix matrix -> {
        json.writeStartArray();
        for (SeriesPoints series : Limits.limited(matrix.series(), limit)) {
          series(json, series);
        }
        json.writeEndArray();
      }
      case QueryResult.Scalar scalar ->
          point(json, scalar.timestampMs(), FloatText.format(scalar.value()));
      case QueryResult.StringResult text -> {
        json.writeStartArray();
        PrometheusAnswers.time(json, text.timestampMs());
        json.writeString(text.value());
        json.writeEndArray();
      }
    }
  }

  private static void series(JsonGenerator json, SeriesPoints series) throws IOException {
    json.writeStartObject();
    json.writeFieldName("metric");
    PrometheusAnswers.labels(json, series.labels());
    boolean open = false;
    boolean histograms = false;
    for (int i = 0; i < series.size(); i++) {
      if (series.histogram(i) != null) {
        histograms = true;
        continue;
      }
      if (!open) {
        json.writeArrayFieldStart("values");
        open = true;
      }
      point(json, series.timestampMs(i), FloatText.formatJson(series.value(i)));
    }
    if (open) {
      json.writeEndArray();
    }
    if (histograms) {
      json.writeArrayFieldStart("histograms");
      for (int i = 0; i < series.size(); i++) {
        @Nullable FloatHistogram histogram = series.histogram(i);
        if (histogram != null) {
          HistogramJson.point(json, series.timestampMs(i), histogram);
        }
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static void point(JsonGenerator json, long timestampMs, String value) throws IOException {
    json.writeStartArray();
    PrometheusAnswers.time(json, timestampMs);
    json.writeString(value);
    json.writeEndArray();
  }
}
