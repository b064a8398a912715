package io.ghostworks.server.loki;

import io.ghostworks.logql.LogAnswer;
import io.ghostworks.logql.LogEngine;
import io.ghostworks.logql.eval.LogqlAnswer;
import io.ghostworks.logql.eval.LogqlEngine;
import io.ghostworks.logql.eval.LogqlOptions;
import io.ghostworks.logql.eval.LogqlRequest;
import io.ghostworks.logql.eval.LogqlResult;
import io.ghostworks.logql.syntax.Expr;
import io.ghostworks.logql.syntax.LogExpr;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.settings.LogQueryLimits;
import java.util.List;
import java.util.Locale;

/** {@code query} and {@code query_range}, and {@code query} of the former API. */
final class QueryApi {

  private static final int POINTS_MAX = 11_000;
  private static final String INSTANT_LOGS =
      "log queries are not supported as an instant query type, please change your query to a range"
          + " query type";

  private final LokiEndpoints endpoints;

  QueryApi(LokiEndpoints endpoints) {
    this.endpoints = endpoints;
  }

  void addTo(Routes.Api api) {
    add(api, "/loki/api/v1/query", this::instant);
    add(api, "/loki/api/v1/query_range", this::range);
    add(api, "/api/prom/query", this::former);
  }

  private void add(Routes.Api api, String path, LokiEndpoints.Reading reading) {
    var _ =
        api.getOrForm(
            path, Permission.READ_TENANTS, Route.Work.QUERY, endpoints.evaluation(reading));
  }

  private Answer instant(LokiRequest request) {
    Exchange exchange = request.exchange();
    if (Selectors.query(request) instanceof LogExpr) {
      throw RequestException.bad(INSTANT_LOGS);
    }
    int limit = LokiParameters.limit(exchange, "limit", LogqlRequest.LIMIT_DEFAULT);
    long time =
        exchange
            .parameter("time")
            .map(text -> LokiTimes.nanos("time", text))
            .orElseGet(request.clock()::epochNanos);
    LogEngine.Direction direction = direction(exchange);
    LogqlAnswer answer =
        answered(request, new LogqlRequest(request.query(), time, time, 0, limit, direction));
    return QueryAnswer.of(answer, false, request.context());
  }

  private Answer range(LokiRequest request) {
    LogqlAnswer answer = ranged(request);
    return QueryAnswer.of(answer, categorized(request.exchange()), request.context());
  }

  private Answer former(LokiRequest request) {
    if (ranged(request).result() instanceof LogqlResult.Streams streams) {
      return QueryAnswer.former(
          streams.answer().flattened(), streams.answer().entries(), request.context());
    }
    throw RequestException.bad("legacy endpoints only support streams result type");
  }

  private static LogqlAnswer ranged(LokiRequest request) {
    LokiTimes.Range range = LokiTimes.range(request);
    Expr query = Selectors.query(request);
    ReadBytes.check(request, query, range);
    int limit =
        query instanceof LogExpr
            ? LokiParameters.entries(
                request.exchange(), request.limits(), "limit", LogqlRequest.LIMIT_DEFAULT)
            : LokiParameters.limit(request.exchange(), "limit", LogqlRequest.LIMIT_DEFAULT);
    LogEngine.Direction direction = direction(request.exchange());
    long step = LokiSteps.stepNanos(request.exchange(), range);
    long interval = LokiSteps.intervalNanos(request.exchange());
    LokiTimes.Range times = query instanceof LogExpr ? range : LokiSteps.aligned(range, step);
    LogqlRequest asked =
        new LogqlRequest(
            request.query(), times.startNanos(), times.endNanos(), step, limit, direction);
    LogqlAnswer answer = answered(request, asked);
    if (interval > 0 && answer.result() instanceof LogqlResult.Streams streams) {
      LogAnswer apart =
          new LinesApart(interval, asked)
              .of(streams.answer(), next -> streams(answered(request, next)));
      return new LogqlAnswer(new LogqlResult.Streams(apart), answer.warnings());
    }
    return answer;
  }

  private static LogAnswer streams(LogqlAnswer answer) {
    return ((LogqlResult.Streams) answer.result()).answer();
  }

  private static LogqlAnswer answered(LokiRequest request, LogqlRequest asked) {
    return LogqlEngine.query(
        asked, request.context(), request.records(), options(request.limits()));
  }

  /** The engine's options under a tenant's limits. */
  static LogqlOptions options(LogQueryLimits limits) {
    return new LogqlOptions(
        limits.seriesMax() == 0 ? Integer.MAX_VALUE : limits.seriesMax(),
        limits.rangeMax(),
        POINTS_MAX + LokiSteps.ALIGNED_STEPS);
  }

  /** Whether a request wants structured metadata and parsed labels apart from the stream's. */
  static boolean categorized(Exchange exchange) {
    String flags = exchange.header("x-loki-response-encoding-flags").orElse("");
    return List.of(flags.split(",", -1)).contains("categorize-labels");
  }

  static LogEngine.Direction direction(Exchange exchange) {
    String text = exchange.parameter("direction").orElse("backward");
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "backward" -> LogEngine.Direction.BACKWARD;
      case "forward" -> LogEngine.Direction.FORWARD;
      default -> throw RequestException.bad("invalid direction '%s'".formatted(text));
    };
  }
}
