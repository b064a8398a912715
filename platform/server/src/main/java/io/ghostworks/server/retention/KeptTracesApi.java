package io.ghostworks.server.retention;

import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.records.KeptTrace;
import io.ghostworks.records.KeptTraces;
import io.ghostworks.records.TooManyKeptException;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Queries;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.http.Views;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * {@code /api/platform/traces/kept} lists the traces that are kept beyond their retention, {@code
 * /api/platform/traces/ID/keep} keeps one, gives it up, and tells whether it is kept.
 */
public final class KeptTracesApi {

  private static final String PATH = "/api/platform/traces/{id}/keep";

  private final Supplier<KeptTraces> kept;
  private final Queries queries;

  /**
   * @param kept of the store, once it is open
   */
  public KeptTracesApi(Supplier<KeptTraces> kept, Queries queries) {
    this.kept = kept;
    this.queries = queries;
  }

  /** Adds the routes to those of the web listener. */
  public void addTo(Routes.Api api) {
    var _ =
        api.get("/api/platform/traces/kept", Permission.READ, Route.Work.QUERY, this::list)
            .get(PATH, Permission.READ, Route.Work.QUERY, this::find)
            .post(PATH, Permission.INGEST, Route.Work.QUERY, queries.endpoint(this::keep))
            .delete(PATH, Permission.INGEST, Route.Work.QUERY, this::giveUp);
  }

  private record View(List<Kept> traces) {}

  private record Kept(String traceId, String keptAt) {
    static Kept of(KeptTrace trace) {
      return new Kept(trace.id().hex(), Instant.ofEpochMilli(trace.keptMs()).toString());
    }
  }

  private CompletionStage<Answer> list(Exchange exchange) {
    List<Kept> all = kept.get().list(exchange.tenant()).stream().map(Kept::of).toList();
    return CompletableFuture.completedFuture(Views.answer(new View(all)));
  }

  private CompletionStage<Answer> find(Exchange exchange) {
    TraceKey id = TraceIdText.read(exchange.variable("id"));
    KeptTrace trace =
        kept.get()
            .find(exchange.tenant(), id)
            .orElseThrow(() -> new RequestException(404, "the trace is not kept"));
    return CompletableFuture.completedFuture(Views.answer(Kept.of(trace)));
  }

  private Answer keep(Exchange exchange, QueryContext context) {
    TraceKey id = TraceIdText.read(exchange.variable("id"));
    try {
      return kept.get()
          .keep(id, context)
          .join()
          .map(trace -> Views.answer(Kept.of(trace)))
          .orElseThrow(() -> new RequestException(404, "there are no spans of the trace"));
    } catch (TooManyKeptException e) {
      throw new RequestException(429, String.valueOf(e.getMessage()), e);
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private CompletionStage<Answer> giveUp(Exchange exchange) {
    TraceKey id = TraceIdText.read(exchange.variable("id"));
    return kept.get()
        .unkeep(exchange.tenant(), id)
        .thenApply(known -> {
          if (!known) {
            throw new RequestException(404, "the trace is not kept");
          }
          return Answer.empty(204);
        });
  }
}
