package io.ghostworks.server.prometheus;

import io.ghostworks.promql.cache.CacheUse;
import io.ghostworks.promql.cache.RangeQuery;
import io.ghostworks.promql.cache.ResultCache;
import io.ghostworks.promql.eval.EngineOptions;
import io.ghostworks.promql.eval.PlanNode;
import io.ghostworks.promql.eval.PromqlEngine;
import io.ghostworks.promql.eval.QueryAnswer;
import io.ghostworks.promql.eval.QueryProfile;
import io.ghostworks.promql.eval.QueryStatistics;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryException;
import io.ghostworks.query.series.SeriesSource;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Queries;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.http.Views;
import io.ghostworks.server.settings.ListenerName;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/platform/promql/explain}: the plan of a PromQL query, and with {@code analyze=true}
 * what each node of it costs. An analysis evaluates node by node: what a query otherwise does in
 * one pass over the store is done one after the other, with the same result.
 */
public final class ExplainApi {

  private static final long POINTS_MAX = 11_000;
  private static final long NANOS_PER_MS = 1_000_000;

  private final SeriesSource source;
  private final Queries queries;
  private final EngineOptions options;
  private final ResultCache cache;

  /**
   * @param cache that the queries themselves use; an analysis goes past it
   */
  public ExplainApi(
      SeriesSource source, Queries queries, EngineOptions options, ResultCache cache) {
    this.source = source;
    this.queries = queries;
    this.options = options;
    this.cache = cache;
  }

  public void addTo(Routes routes) {
    routes
        .api(ListenerName.WEB, "", new PrometheusErrors())
        .get("/api/platform/promql/explain", Permission.READ, Route.Work.QUERY, this::explain);
  }

  /**
   * When a query is evaluated.
   *
   * @param stepMs 0 for an instant query
   */
  private record Times(long startMs, long endMs, long stepMs) {}

  private record View(
      String query,
      PlanNode plan,
      @Nullable Cost cost,
      @Nullable Reuse resultCache,
      List<String> warnings,
      List<String> infos) {}

  /** What the result cache would do for the query now. */
  private record Reuse(String outcome, long steps, String detail) {}

  private record Cost(
      long totalQueryableSamples,
      long samplesRead,
      long peakSamples,
      long peakBytes,
      double queueSeconds,
      double prepareSeconds,
      double evaluationSeconds,
      double resultSeconds,
      List<String> resolutions) {

    static Cost of(QueryStatistics statistics, QueryContext context) {
      return new Cost(
          statistics.totalSamples(),
          statistics.samplesRead(),
          statistics.peakSamples(),
          context.peakBytes(),
          statistics.queueNanos() / 1e9,
          statistics.prepareNanos() / 1e9,
          statistics.innerNanos() / 1e9,
          statistics.sortNanos() / 1e9,
          statistics.resolutions());
    }
  }

  private CompletionStage<Answer> explain(Exchange exchange) {
    String query = exchange.parameter("query").orElse("");
    Times times = times(exchange);
    boolean analyze = exchange.parameter("analyze").map("true"::equals).orElse(false);
    EngineOptions own = TimeParameters.apply(exchange, times.stepMs(), options);
    return queries.evaluate(
        exchange,
        "promql",
        query,
        TimeParameters.timeout(exchange, queries.timeout()),
        (e, context) -> {
          try {
            return Views.answer(
                analyze
                    ? analyzed(query, times, context, own)
                    : explained(query, times, context, own));
          } catch (QueryException failure) {
            if (failure.kind() == QueryException.Kind.BAD_QUERY) {
              throw new RequestException(
                  400, "invalid parameter \"query\": " + failure.getMessage(), failure);
            }
            throw failure;
          }
        });
  }

  private Times times(Exchange exchange) {
    if (exchange.parameter("step").isEmpty()) {
      long timeMs = TimeParameters.timeMs(exchange, "time", queries.clock().epochMs());
      return new Times(timeMs, timeMs, 0);
    }
    long startMs = TimeParameters.requiredTimeMs(exchange, "start");
    long endMs = TimeParameters.requiredTimeMs(exchange, "end");
    long stepMs = Math.max(1, TimeParameters.stepNanos(exchange) / NANOS_PER_MS);
    if (endMs < startMs) {
      throw PrometheusErrors.parameter("end", "end timestamp must not be before start time");
    }
    if ((endMs - startMs) / stepMs > POINTS_MAX) {
      throw RequestException.bad(
          "exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query"
              + " resolution (?step=XX)");
    }
    return new Times(startMs, endMs, stepMs);
  }

  private View explained(String query, Times times, QueryContext context, EngineOptions own) {
    PlanNode plan =
        PromqlEngine.explain(
            query, times.startMs(), times.endMs(), times.stepMs(), context, source, own);
    return new View(query, plan, null, reuse(query, times, context, own), List.of(), List.of());
  }

  private View analyzed(String query, Times times, QueryContext context, EngineOptions own) {
    QueryProfile profile = QueryProfile.ofNodes();
    QueryAnswer answer =
        times.stepMs() == 0
            ? PromqlEngine.instant(query, times.startMs(), context, source, own, profile)
            : PromqlEngine.range(
                query,
                times.startMs(),
                times.endMs(),
                times.stepMs(),
                context,
                source,
                own,
                profile);
    PlanNode plan = profile.plan();
    QueryStatistics statistics = answer.statistics();
    if (plan == null || statistics == null) {
      throw new IllegalStateException("the analysis of a query gave none");
    }
    return new View(
        query,
        plan,
        Cost.of(statistics, context),
        reuse(query, times, context, own),
        answer.warnings(),
        answer.infos());
  }

  private @Nullable Reuse reuse(
      String query, Times times, QueryContext context, EngineOptions own) {
    if (times.stepMs() == 0) {
      return null;
    }
    CacheUse use =
        cache.find(
            new RangeQuery(query, times.startMs(), times.endMs(), times.stepMs()),
            context.tenant(),
            own);
    return new Reuse(use.outcome().name().toLowerCase(Locale.ROOT), use.steps(), use.detail());
  }
}
