package io.ghostworks.server.loki;

import io.ghostworks.query.QueryContext;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.http.SocketFeed;
import io.ghostworks.server.http.SocketOpening;
import io.ghostworks.server.settings.LogQueryLimits;
import java.time.Duration;
import java.util.function.Function;

/** {@code tail}: lines as they arrive, over a WebSocket. */
final class TailApi {

  private static final int LIMIT_DEFAULT = 100;
  private static final int DELAY_SECONDS_MAX = 5;

  private final LokiEndpoints endpoints;
  private final TailSupport support;

  TailApi(LokiEndpoints endpoints, TailSupport support) {
    this.endpoints = endpoints;
    this.support = support;
  }

  void addTo(Routes.Api api) {
    var _ =
        api.socket("/loki/api/v1/tail", Permission.READ, new Opening(TailApi::form))
            .socket("/api/prom/tail", Permission.READ, new Opening(exchange -> TailForm.FORMER));
  }

  /** Checks a request before anything else, as Loki does. */
  private final class Opening implements SocketOpening {
    private final Function<Exchange, TailForm> form;

    Opening(Function<Exchange, TailForm> form) {
      this.form = form;
    }

    @Override
    public SocketFeed open(Exchange exchange) {
      return TailApi.this.open(exchange, form.apply(exchange));
    }

    @Override
    public Answer notAsked(Exchange exchange) {
      var _ = request(exchange, form.apply(exchange), endpoints.limits(exchange));
      return Answer.text(400, "Bad Request\n")
          .withHeader("sec-websocket-version", "13")
          .withHeader("x-content-type-options", "nosniff");
    }
  }

  private static TailForm form(Exchange exchange) {
    return QueryApi.categorized(exchange) ? TailForm.CATEGORIZED : TailForm.PLAIN;
  }

  private SocketFeed open(Exchange exchange, TailForm form) {
    LogQueryLimits limits = endpoints.limits(exchange);
    TailRequest request = request(exchange, form, limits);
    support.begins(exchange.tenant(), limits.tailsMax());
    try {
      QueryContext listed =
          support.queries().follow(exchange, "logql tail", request.query(), request.durationMax());
      return new TailFeed(request, support, listed);
    } catch (RuntimeException e) {
      support.ended(exchange.tenant());
      throw e;
    }
  }

  private TailRequest request(Exchange exchange, TailForm form, LogQueryLimits limits) {
    String query = exchange.parameter("query").orElse("");
    var _ = Selectors.lines(query);
    LokiTimes.Range range =
        LokiTimes.limited(LokiTimes.bounds(exchange, support.clock()), limits, support.clock());
    int delay = LokiParameters.integer(exchange, "delay_for", 0);
    if (delay < 0 || delay > DELAY_SECONDS_MAX) {
      throw RequestException.bad("delay_for can't be greater than " + DELAY_SECONDS_MAX);
    }
    return new TailRequest(
        exchange.tenant(),
        query,
        range.startNanos(),
        LokiParameters.entries(exchange, limits, "limit", LIMIT_DEFAULT),
        Duration.ofSeconds(delay),
        form);
  }
}
