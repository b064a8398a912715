package io.ghostworks.collector;

import io.ghostworks.collector.export.Exporter;
import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.OverloadedException;
import io.ghostworks.model.TelemetrySink;
import io.ghostworks.model.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs what a receiver offers through its pipelines, and stores it once. */
final class PipelineSink<B> implements TelemetrySink<B> {
  private static final Logger log = LoggerFactory.getLogger(PipelineSink.class);

  private final BatchKind<B> kind;
  private final Route<B> main;
  private final List<Route<B>> others;
  private final @Nullable TelemetrySink<B> store;

  /**
   * @param store null where no pipeline stores
   */
  PipelineSink(
      BatchKind<B> kind, Route<B> main, List<Route<B>> others, @Nullable TelemetrySink<B> store) {
    this.kind = kind;
    this.main = main;
    this.others = List.copyOf(others);
    this.store = store;
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
    int rows = kind.rows(batch);
    if (store == null) {
      export(batch, copies);
      return CompletableFuture.completedFuture(Acknowledgement.accepted(rows));
    }
    return store
        .offer(tenant, batch)
        .thenApply(answer -> {
          export(batch, copies);
          return answer;
        });
  }

  private void export(B batch, List<B> copies) {
    for (Exporter exporter : main.exporters()) {
      export(batch, exporter);
    }
    for (int i = 0; i < copies.size(); i++) {
      for (Exporter exporter : others.get(i).exporters()) {
        export(copies.get(i), exporter);
      }
    }
  }

  /** An exporter that fails must not turn what is stored into something to be sent again. */
  private void export(B batch, Exporter exporter) {
    try {
      kind.export(batch, exporter);
    } catch (RuntimeException e) {
      log.error("an exporter of pipeline {} failed", main.pipeline(), e);
    }
  }
}
