package io.ghostworks.server.loki;

import io.ghostworks.logql.LogAnswer;
import io.ghostworks.logql.LogEngine;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import java.util.Locale;

/** {@code query_range}. */
final class QueryApi {

  private static final int LIMIT_DEFAULT = 100;

  private final LokiEndpoints endpoints;

  QueryApi(LokiEndpoints endpoints) {
    this.endpoints = endpoints;
  }

  void addTo(Routes.Api api) {
    var _ =
        api.getOrForm(
            "/loki/api/v1/query_range",
            Permission.READ_TENANTS,
            Route.Work.QUERY,
            endpoints.evaluation(this::range));
  }

  private Answer range(LokiRequest request) {
    LokiTimes.Range range = LokiTimes.range(request);
    var _ = LokiSteps.stepNanos(request.exchange(), range);
    if (LokiSteps.intervalNanos(request.exchange()) > 0) {
      throw RequestException.bad(
          "the parameter 'interval' is not supported by this version: leave it out and all lines"
              + " are given");
    }
    LogAnswer answer =
        LogEngine.query(
            request.query(),
            range.startNanos(),
            range.endNanos(),
            LokiParameters.entries(
                request.exchange(), request.limits(), "limit", LIMIT_DEFAULT),
            direction(request.exchange()),
            request.context(),
            request.records());
    return Answer.json(200, StreamsAnswer.write(answer, categorized(request.exchange()), request.context()))
        .compressed();
  }

  /** Whether a request wants structured metadata and parsed labels apart from the stream's. */
  static boolean categorized(Exchange exchange) {
    return exchange
        .header("x-loki-response-encoding-flags")
        .orElse("")
        .contains("categorize-labels");
  }

  private static LogEngine.Direction direction(Exchange exchange) {
    String text = exchange.parameter("direction").orElse("backward");
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "backward" -> LogEngine.Direction.BACKWARD;
      case "forward" -> LogEngine.Direction.FORWARD;
      default -> throw RequestException.bad("invalid direction '%s'".formatted(text));
    };
  }
}
