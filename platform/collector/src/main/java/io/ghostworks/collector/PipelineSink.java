package io.ghostworks.collector;

import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.OverloadedException;
import io.ghostworks.model.TelemetrySink;
import io.ghostworks.model.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Runs what a receiver offers through its pipelines, and stores it once. */
final class PipelineSink<B> implements TelemetrySink<B> {
  private final BatchKind<B> kind;
  private final Route<B> main;
  private final List<Route<B>> others;
  private final @Nullable TelemetrySink<B> store;
  private final ExportQueue exports;
  private final Runnable stored;

  /**
   * @param store null where no pipeline stores
   * @param exports gets what is acknowledged
   * @param stored runs after something was stored
   */
  PipelineSink(
      BatchKind<B> kind,
      Route<B> main,
      List<Route<B>> others,
      @Nullable TelemetrySink<B> store,
      ExportQueue exports,
      Runnable stored) {
    this.kind = kind;
    this.main = main;
    this.others = List.copyOf(others);
    this.store = store;
    this.exports = exports;
    this.stored = stored;
  }

  @Override
  public CompletableFuture<Acknowledgement> offer(TenantId tenant, B batch) {
    List<B> copies = new ArrayList<>(others.size());
    try {
      for (Route<B> other : others) {
        B copy = kind.copy(batch);
        other.process(copy);
        copies.add(copy);
      }
      main.process(batch);
    } catch (OverloadedException e) {
      return CompletableFuture.failedFuture(e);
    }
    if (store == null) {
      Acknowledgement answer = Acknowledgement.accepted(kind.rows(batch));
      export(tenant, batch, copies);
      return CompletableFuture.completedFuture(answer);
    }
    CompletableFuture<Acknowledgement> answer = store.offer(tenant, batch);
    var _ =
        answer.thenRun(() -> {
          export(tenant, batch, copies);
          stored.run();
        });
    return answer;
  }

  private void export(TenantId tenant, B batch, List<B> copies) {
    export(tenant, batch, main);
    for (int i = 0; i < copies.size(); i++) {
      export(tenant, copies.get(i), others.get(i));
    }
  }

  private void export(TenantId tenant, B batch, Route<B> route) {
    exports.hand(
        new ExportQueue.Export(
            route.exporters(),
            exporter -> kind.export(tenant, batch, exporter),
            kind.bytes(batch)));
  }
}
