package io.ghostworks.server.status;

import io.ghostworks.model.TenantId;
import io.ghostworks.series.SeriesEngine;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.http.Views;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * {@code /api/platform/series/compaction}: POST begins to write the newest samples into parts and
 * to merge parts that are due, without waiting for it; GET and POST answer whether that goes on.
 * For the operator's tenant only, since parts hold all tenants.
 */
public final class CompactionEndpoint {
  private static final String PATH = "/api/platform/series/compaction";

  private final SeriesEngine series;
  private final TenantId operator;

  public CompactionEndpoint(SeriesEngine series, TenantId operator) {
    this.series = series;
    this.operator = operator;
  }

  /** Adds its routes to an interface. */
  public void addTo(Routes.Api api) {
    api.get(PATH, Permission.ADMIN, Route.Work.QUERY, this::state);
    api.post(PATH, Permission.ADMIN, Route.Work.QUERY, this::begin);
  }

  private CompletionStage<Answer> begin(Exchange exchange) {
    requireOperator(exchange);
    series.compact();
    return state(exchange);
  }

  private CompletionStage<Answer> state(Exchange exchange) {
    requireOperator(exchange);
    return CompletableFuture.completedFuture(Views.answer(new State(series.compacting())));
  }

  private void requireOperator(Exchange exchange) {
    if (!exchange.tenant().equals(operator)) {
      throw new RequestException(
          403, "compaction is for the operator's tenant '%s' only".formatted(operator));
    }
  }

  /**
   * What is answered.
   *
   * @param running whether a compaction that was asked for goes on
   */
  public record State(boolean running) {}
}
