package io.ghostworks.server.prometheus;

import io.ghostworks.promql.cache.CacheUse;
import io.ghostworks.promql.cache.CachedAnswer;
import io.ghostworks.promql.cache.RangeQuery;
import io.ghostworks.promql.cache.ResultCache;
import io.ghostworks.promql.eval.EngineOptions;
import io.ghostworks.promql.eval.PromqlEngine;
import io.ghostworks.promql.eval.QueryAnswer;
import io.ghostworks.promql.eval.QueryProfile;
import io.ghostworks.promql.eval.QueryResult;
import io.ghostworks.promql.eval.QueryStatistics;
import io.ghostworks.promql.text.QuotedText;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryException;
import io.ghostworks.query.QueryWorkers;
import io.ghostworks.query.series.SeriesSource;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Queries;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.settings.ListenerName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code query} and {@code query_range}; their answers are written while they are sent. */
public final class QueryApi {

  private static final int POINTS_MAX = 11_000;
  private static final long NANOS_PER_MS = 1_000_000;

  private final SeriesSource source;
  private final Queries queries;
  private final EngineOptions options;
  private final QueryWorkers workers;
  private final boolean perStepStats;
  private final QueryLog log;
  private final ResultCache cache;

  /**
   * @param workers who helps evaluations
   * @param perStepStats whether {@code stats=all} tells of each step
   * @param cache keeps results of range queries over the same source
   */
  public QueryApi(
      SeriesSource source,
      Queries queries,
      EngineOptions options,
      QueryWorkers workers,
      boolean perStepStats,
      QueryLog log,
      ResultCache cache) {
    this.source = source;
    this.queries = queries;
    this.options = options;
    this.workers = workers;
    this.perStepStats = perStepStats;
    this.log = log;
    this.cache = cache;
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
    Duration timeout = TimeParameters.timeout(exchange, queries.timeout());
    EngineOptions own = TimeParameters.apply(exchange, 0, options);
    String query = query(exchange);
    return queries.evaluate(
        exchange,
        "promql",
        query,
        timeout,
        (e, context) ->
            answer(
                e,
                evaluated(
                    e,
                    new QueryLog.Asked(query, time, time, 0),
                    profile ->
                        PromqlEngine.instant(
                            query, time, context.withWorkers(workers), source, own, profile)),
                limit));
  }

  private CompletionStage<Answer> range(Exchange exchange) {
    int limit = Limits.limit(exchange);
    long start = TimeParameters.requiredTimeMs(exchange, "start");
    long end = TimeParameters.requiredTimeMs(exchange, "end");
    if (end < start) {
      throw PrometheusErrors.parameter("end", "end timestamp must not be before start time");
    }
    long stepNanos = TimeParameters.stepNanos(exchange);
    if (steps(end - start, stepNanos) > POINTS_MAX) {
      throw RequestException.bad(
          "exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query"
              + " resolution (?step=XX)");
    }
    Duration timeout = TimeParameters.timeout(exchange, queries.timeout());
    EngineOptions own = TimeParameters.apply(exchange, stepNanos / NANOS_PER_MS, options);
    String query = query(exchange);
    RangeQuery asked = new RangeQuery(query, start, end, stepNanos / NANOS_PER_MS);
    return queries.evaluate(
        exchange,
        "promql",
        query,
        timeout,
        (e, context) -> rangeAnswer(e, asked, context.withWorkers(workers), own, limit));
  }

  private Answer rangeAnswer(
      Exchange exchange, RangeQuery asked, QueryContext context, EngineOptions own, int limit) {
    CacheUse[] use = new CacheUse[1];
    QueryAnswer answer =
        evaluated(
            exchange,
            new QueryLog.Asked(asked.text(), asked.startMs(), asked.endMs(), asked.stepMs()),
            profile -> {
              String bypass = CacheStatus.bypass(exchange, profile != null);
              CachedAnswer found =
                  bypass.isEmpty()
                      ? cache.range(asked, context, source, own)
                      : cache.bypass(asked, context, source, own, profile, bypass);
              use[0] = found.use();
              return found.answer();
            });
    return answer(exchange, answer, limit)
        .withHeader(CacheStatus.HEADER, CacheStatus.of(use[0], asked));
  }

  /** How often a step fits into a range; a range beyond 292 years counts as that. */
  private static long steps(long rangeMs, long stepNanos) {
    return Math.min(rangeMs, Long.MAX_VALUE / NANOS_PER_MS) * NANOS_PER_MS / stepNanos;
  }

  private QueryAnswer evaluated(
      Exchange exchange, QueryLog.Asked asked, Function<@Nullable QueryProfile, QueryAnswer> run) {
    if (!log.isOn()) {
      return evaluated(run, exchange.parameter("stats").isPresent());
    }
    QueryProfile profile = QueryProfile.ofSamples();
    String error = null;
    try {
      return run.apply(profile);
    } catch (RuntimeException e) {
      error = String.valueOf(e.getMessage());
      throw inPrometheussForm(e);
    } finally {
      QueryStatistics cost = profile.costSoFar();
      if (cost != null) {
        log.logRequest(exchange, asked, error, cost);
      }
    }
  }

  private static QueryAnswer evaluated(
      Function<@Nullable QueryProfile, QueryAnswer> run, boolean measured) {
    try {
      return run.apply(measured ? QueryProfile.ofSamples() : null);
    } catch (QueryException e) {
      throw inPrometheussForm(e);
    }
  }

  private static RuntimeException inPrometheussForm(RuntimeException e) {
    return e instanceof QueryException query && query.kind() == QueryException.Kind.BAD_QUERY
        ? new RequestException(400, "invalid parameter \"query\": " + e.getMessage(), e)
        : e;
  }

  private static String query(Exchange exchange) {
    return exchange.parameter("query").orElse("");
  }

  private Answer answer(Exchange exchange, QueryAnswer answer, int limit) {
    QueryResult result = answer.result();
    List<String> warnings = new ArrayList<>(answer.warnings());
    if (limit > 0 && QueryResultJson.size(result) > limit) {
      warnings.add(Limits.TRUNCATED);
    }
    String stats = exchange.parameter("stats").orElse("");
    if (!stats.isEmpty() && !stats.equals("true") && !stats.equals("all")) {
      warnings.add(
          "value %s for parameter \"stats\" is deprecated and will be rejected in the next major release, use \"true\" or \"all\""
              .formatted(QuotedText.quote(stats)));
    }
    QueryStatistics statistics = stats.isEmpty() ? null : answer.statistics();
    return PrometheusAnswers.stream(
        "{\"resultType\":\"%s\",\"result\":[".formatted(result.type().word()),
        QueryResultJson.entries(result, limit),
        (json, entry) -> QueryResultJson.write(json, result, entry),
        statistics == null
            ? "]}"
            : "],\"stats\":"
                + QueryStatisticsJson.of(statistics, perStepStats && stats.equals("all"))
                + "}",
        warnings,
        answer.infos());
  }
}
