package io.ghostworks.server.prometheus;

import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.promql.parse.ParserOptions;
import io.ghostworks.promql.parse.PromqlParseException;
import io.ghostworks.promql.parse.PromqlParser;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.series.SeriesEngine;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Endpoint;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.settings.ListenerName;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/**
 * Prometheus's admin API: deletes of the asking tenant's series, removal of what is deleted from
 * disk, and snapshots of all tenants' series. Switched off unless {@code listen.admin_api} is set,
 * as Prometheus's is without {@code --web.enable-admin-api}.
 */
public final class AdminApi {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");
  private static final Set<String> FALSE = Set.of("0", "f", "F", "FALSE", "false", "False");

  private final SeriesEngine series;
  private final Path snapshots;
  private final boolean enabled;
  private final Clock clock;
  private final LongSupplier random;
  private final PromqlParser parser;

  /**
   * @param snapshots the directory in which snapshots get directories of their own
   * @param random makes the names of snapshots differ
   */
  public AdminApi(
      SeriesEngine series,
      Path snapshots,
      boolean enabled,
      Clock clock,
      LongSupplier random,
      ParserOptions selectors) {
    this.series = series;
    this.snapshots = snapshots;
    this.enabled = enabled;
    this.clock = clock;
    this.random = random;
    this.parser = new PromqlParser(selectors);
  }

  public void addTo(Routes routes) {
    routes
        .api(ListenerName.PROMETHEUS, "/prometheus", new PrometheusErrors())
        .postOrPut(
            "/api/v1/admin/tsdb/delete_series",
            Permission.ADMIN,
            Route.Work.QUERY,
            whereEnabled(this::delete))
        .postOrPut(
            "/api/v1/admin/tsdb/clean_tombstones",
            Permission.ADMIN,
            Route.Work.QUERY,
            whereEnabled(this::clean))
        .postOrPut(
            "/api/v1/admin/tsdb/snapshot",
            Permission.ADMIN,
            Route.Work.QUERY,
            whereEnabled(this::snapshot));
  }

  private Endpoint whereEnabled(Endpoint endpoint) {
    return exchange -> {
      if (!enabled) {
        throw PrometheusErrors.unavailable("admin APIs disabled");
      }
      return endpoint.answer(exchange);
    };
  }

  private CompletionStage<Answer> delete(Exchange exchange) {
    List<String> texts = exchange.parameters("match[]");
    if (texts.isEmpty()) {
      throw RequestException.bad("no match[] parameter provided");
    }
    long startMs = TimeParameters.timeMs(exchange, "start", TimeParameters.EARLIEST_MS);
    long endMs = TimeParameters.timeMs(exchange, "end", TimeParameters.LATEST_MS);
    List<CompletableFuture<Void>> deleted = new ArrayList<>();
    for (List<LabelMatcher> matchers : texts.stream().map(this::selector).toList()) {
      deleted.add(series.delete(exchange.tenant(), matchers, startMs, endMs));
    }
    return CompletableFuture.allOf(deleted.toArray(CompletableFuture[]::new))
        .thenApply(nothing -> PrometheusAnswers.nothing());
  }

  private List<LabelMatcher> selector(String text) {
    try {
      return parser.parseSelector(text);
    } catch (PromqlParseException e) {
      throw PrometheusErrors.parameter("match[]", String.valueOf(e.getMessage()));
    }
  }

  private CompletionStage<Answer> clean(Exchange exchange) {
    return series.cleanTombstones().thenApply(nothing -> PrometheusAnswers.nothing());
  }

  private CompletionStage<Answer> snapshot(Exchange exchange) {
    boolean skipHead = exchange.parameter("skip_head").map(AdminApi::bool).orElse(false);
    String name =
        "%s-%016x"
            .formatted(
                TIME.format(Instant.ofEpochMilli(clock.epochMs())),
                random.getAsLong() & Long.MAX_VALUE);
    return series
        .snapshot(snapshots.resolve(name), !skipHead)
        .thenApply(made ->
            PrometheusAnswers.success(json -> json.object().name("name").text(name).endObject()));
  }

  /** As Go's strconv.ParseBool. */
  private static boolean bool(String text) {
    if (!TRUE.contains(text) && !FALSE.contains(text)) {
      throw PrometheusErrors.parameter(
          "skip_head",
          "unable to parse boolean: strconv.ParseBool: parsing \"%s\": invalid syntax"
              .formatted(text));
    }
    return TRUE.contains(text);
  }
}
