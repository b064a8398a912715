package io.ghostworks.server.retention;

import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.records.KeptTraces;
import io.ghostworks.records.RecordDelete;
import io.ghostworks.records.RecordDeletes;
import io.ghostworks.records.RefusedDeleteException;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Queries;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.http.Views;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * {@code /api/platform/traces/deletes}: deletes the spans that a query selects, lists deletes and
 * takes them back; {@code DELETE /api/platform/traces/ID} deletes one trace, also where it is kept.
 */
public final class SpanDeletesApi {

  private static final String PATH = "/api/platform/traces/deletes";
  private static final long NANOS_PER_MS = 1_000_000;

  private final Stores stores;
  private final Queries queries;
  private final Clock clock;

  /** The parts of the store, once it is open. */
  public record Stores(
      RecordSource records, Supplier<RecordDeletes> deletes, Supplier<KeptTraces> kept) {}

  public SpanDeletesApi(Stores stores, Queries queries, Clock clock) {
    this.stores = stores;
    this.queries = queries;
    this.clock = clock;
  }

  /** Adds the routes to those of the web listener. */
  public void addTo(Routes.Api api) {
    var _ =
        api.get(PATH, Permission.READ, Route.Work.QUERY, this::list)
            .post(PATH, Permission.ADMIN, Route.Work.QUERY, this::request)
            .delete(PATH, Permission.ADMIN, Route.Work.QUERY, this::cancel)
            .delete(
                "/api/platform/traces/{id}",
                Permission.ADMIN,
                Route.Work.QUERY,
                queries.endpoint(this::deleteTrace));
  }

  private record View(List<Delete> deletes) {}

  private record Delete(
      String id, String query, String start, String end, String createdAt, String state) {
    static Delete of(RecordDelete delete) {
      return new Delete(
          delete.id(),
          delete.query(),
          Instant.ofEpochMilli(delete.startMs()).toString(),
          Instant.ofEpochMilli(delete.endMs()).toString(),
          Instant.ofEpochMilli(delete.createdMs()).toString(),
          delete.state().name().toLowerCase(Locale.ROOT));
    }
  }

  private CompletionStage<Answer> list(Exchange exchange) {
    List<Delete> all =
        stores.deletes().get().list(exchange.tenant()).stream().map(Delete::of).toList();
    return CompletableFuture.completedFuture(Views.answer(new View(all)));
  }

  private CompletionStage<Answer> request(Exchange exchange) {
    String query = exchange.parameter("q").orElse("");
    if (query.isEmpty()) {
      throw RequestException.bad("the parameter 'q' is missing: a TraceQL selector of spans");
    }
    Filter selected = DeletedSpans.of(query);
    long start =
        exchange
            .parameter("start")
            .map(text -> milliseconds("start", text))
            .orElseThrow(
                () -> RequestException.bad("the parameter 'start' is missing: from which time on"));
    long end =
        exchange.parameter("end").map(text -> milliseconds("end", text)).orElseGet(clock::epochMs);
    return asked(exchange, query, selected, start, end).thenApply(Views::answer);
  }

  private CompletableFuture<Delete> asked(
      Exchange exchange, String query, Filter filter, long startMs, long endMs) {
    try {
      return stores
          .deletes()
          .get()
          .request(exchange.tenant(), query, filter, startMs, endMs)
          .thenApply(Delete::of);
    } catch (RefusedDeleteException e) {
      throw refused(e);
    }
  }

  private Answer deleteTrace(Exchange exchange, QueryContext context) {
    TraceKey id = TraceIdText.read(exchange.variable("id"));
    RecordSource.TimeRange times =
        stores
            .records()
            .timesOfTrace(id, context)
            .orElseThrow(() -> new RequestException(404, "there are no spans of the trace"));
    long latestMs = clock.epochMs() + Duration.ofMinutes(9).toMillis();
    long endMs = Math.min(latestMs, Math.floorDiv(times.endNanos(), NANOS_PER_MS) + 1);
    Filter spans = new Filter.Traces(Set.of(id));
    String query = "{ trace:id = \"%s\" }".formatted(id.hex());
    try {
      boolean wasKept = stores.kept().get().unkeep(exchange.tenant(), id).join();
      assert !wasKept || stores.kept().get().find(exchange.tenant(), id).isEmpty();
      return Views.answer(
          asked(exchange, query, spans, times.startNanos() / NANOS_PER_MS, endMs).join());
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private CompletionStage<Answer> cancel(Exchange exchange) {
    try {
      return stores
          .deletes()
          .get()
          .cancel(
              exchange.tenant(),
              exchange.parameter("id").orElse(""),
              exchange.parameter("force").orElse("").equals("true"))
          .thenApply(nothing -> Answer.empty(204));
    } catch (RefusedDeleteException e) {
      throw refused(e);
    }
  }

  private static RequestException refused(RefusedDeleteException e) {
    return new RequestException(e.isUnknown() ? 404 : 400, String.valueOf(e.getMessage()), e);
  }

  private static long milliseconds(String name, String text) {
    try {
      return text.matches("[0-9]{10}")
          ? Long.parseLong(text) * 1000
          : Instant.parse(text).toEpochMilli();
    } catch (DateTimeException e) {
      throw new RequestException(
          400,
          "the parameter '%s' must be seconds since the epoch or a time of RFC 3339, got '%s'"
              .formatted(name, text),
          e);
    }
  }
}
