package io.ghostworks.server.queries;

import io.ghostworks.model.TenantId;
import io.ghostworks.query.RunningQueries;
import io.ghostworks.query.RunningQuery;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.access.Role;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.http.Views;
import io.ghostworks.server.status.PlatformStatus;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * {@code /api/platform/queries}: lists running queries and stops them. An admin sees and stops
 * those of all tenants, everybody else those of the own one. Answered even while all threads of
 * queries are busy.
 */
public final class QueriesEndpoint {

  private final RunningQueries running;
  private final UnfinishedQueries unfinished;

  public QueriesEndpoint(RunningQueries running, UnfinishedQueries unfinished) {
    this.running = running;
    this.unfinished = unfinished;
  }

  /** Adds the routes to those of the web listener. */
  public void addTo(Routes.Api api) {
    api.get("/api/platform/queries", Permission.READ, Route.Work.INSTANT, this::list)
        .delete("/api/platform/queries/{id}", Permission.READ, Route.Work.INSTANT, this::stop)
        .delete(
            "/api/platform/queries/unfinished",
            Permission.ADMIN,
            Route.Work.INSTANT,
            exchange -> {
              unfinished.forgive();
              return CompletableFuture.completedFuture(Answer.empty(204));
            });
  }

  private record View(List<Running> running, List<PlatformStatus.UnfinishedQuery> unfinished) {}

  private record Running(
      long id,
      String tenant,
      String kind,
      String language,
      String query,
      String source,
      String startedAt,
      double seconds,
      String state,
      long samples,
      long rows,
      long bytes,
      long peakBytes) {}

  private CompletionStage<Answer> list(Exchange exchange) {
    List<Running> shown =
        running.list().stream()
            .filter(query -> mayReach(exchange, query.asked().tenant()))
            .map(QueriesEndpoint::view)
            .toList();
    List<PlatformStatus.UnfinishedQuery> refused =
        views(
            unfinished.list().stream()
                .filter(query -> mayReach(exchange, query.tenant()))
                .toList());
    return CompletableFuture.completedFuture(Views.answer(new View(shown, refused)));
  }

  /** Queries that ran at an unclean stop, as the status shows them. */
  public static List<PlatformStatus.UnfinishedQuery> views(
      List<UnfinishedQueries.ActiveQuery> queries) {
    return queries.stream()
        .map(query ->
            new PlatformStatus.UnfinishedQuery(
                query.tenant().value(),
                query.language(),
                query.text(),
                Instant.ofEpochMilli(query.startedEpochMs()).toString(),
                query.stops(),
                Instant.ofEpochMilli(query.refusedUntilEpochMs()).toString()))
        .toList();
  }

  private static Running view(RunningQuery query) {
    return new Running(
        query.id(),
        query.asked().tenant().value(),
        query.asked().kind().name().toLowerCase(Locale.ROOT),
        query.asked().language(),
        query.asked().text(),
        query.asked().source(),
        Instant.ofEpochMilli(query.startedEpochMs()).toString(),
        query.context().elapsedNanos() / 1e9,
        query.state().word(),
        query.context().samplesRead(),
        query.context().rowsRead(),
        query.context().reservedBytes(),
        query.context().peakBytes());
  }

  private CompletionStage<Answer> stop(Exchange exchange) {
    long id;
    try {
      id = Long.parseLong(exchange.variable("id"));
    } catch (NumberFormatException e) {
      throw new RequestException(400, "the id of a query must be a number", e);
    }
    if (!running.kill(id, asked -> mayReach(exchange, asked.tenant()))) {
      throw new RequestException(404, "no query %d runs".formatted(id));
    }
    return CompletableFuture.completedFuture(Answer.empty(204));
  }

  private static boolean mayReach(Exchange exchange, TenantId tenant) {
    return exchange.role() == Role.ADMIN || exchange.tenant().equals(tenant);
  }
}
