package io.ghostworks.server.loki;

import io.ghostworks.query.QueryContext;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Queries;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.settings.LogQueryLimits;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * {@code download}: all rows of a log query as a file, text, NDJSON or CSV, written while it is
 * read. Not of Loki's API, but under its parameters; its limit is one of its own.
 */
final class DownloadApi {

  /** A slow reader may take so long. */
  private static final Duration TIME_MAX = Duration.ofHours(1);

  private final LokiEndpoints endpoints;
  private final Queries queries;

  DownloadApi(LokiEndpoints endpoints, Queries queries) {
    this.endpoints = endpoints;
    this.queries = queries;
  }

  void addTo(Routes.Api api) {
    var _ =
        api.getOrForm(
            "/loki/api/v1/download", Permission.READ_TENANTS, Route.Work.QUERY, this::download);
  }

  private CompletionStage<Answer> download(Exchange exchange) {
    LogQueryLimits limits = endpoints.limits(exchange);
    LokiTimes.Range range =
        LokiTimes.limited(LokiTimes.bounds(exchange, endpoints.clock()), limits, endpoints.clock());
    DownloadForm form =
        DownloadForm.of(exchange.parameter("format").orElse("ndjson"), columns(exchange));
    String query = exchange.parameter("query").orElse("");
    Download.Request request =
        new Download.Request(
            query, range.startNanos(), range.endNanos(), forward(exchange), rows(exchange, limits));
    QueryContext listed = queries.follow(exchange, "logql", query, TIME_MAX);
    Download download =
        new Download(
            request, form, queries, listed, endpoints.records(exchange), QueryApi.options(limits));
    return CompletableFuture.completedFuture(
        Answer.streamed(200, form.contentType(), download).compressed());
  }

  private static List<String> columns(Exchange exchange) {
    return Arrays.stream(exchange.parameter("labels").orElse("").split(",", -1))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .toList();
  }

  /** Oldest first, as files are read, unless it is asked for otherwise. */
  private static boolean forward(Exchange exchange) {
    String text = exchange.parameter("direction").orElse("forward");
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "forward" -> true;
      case "backward" -> false;
      default -> throw RequestException.bad("invalid direction '%s'".formatted(text));
    };
  }

  private static long rows(Exchange exchange, LogQueryLimits limits) {
    int max = limits.downloadEntriesMax();
    int absent = max == 0 ? Integer.MAX_VALUE : max;
    int rows = LokiParameters.limit(exchange, "limit", absent);
    if (max != 0 && rows > max) {
      throw RequestException.bad(
          "max entries limit per download exceeded, limit > max_entries_limit_per_download (%d > %d)"
              .formatted(rows, max));
    }
    return rows;
  }
}
