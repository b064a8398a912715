package io.ghostworks.records;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.query.record.RecordArrivals;
import io.ghostworks.storage.file.FileSystem;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells watchers of log records as frames of the journal are applied. Thread-safe. */
final class LogArrivals implements RecordArrivals {

  private static final Logger log = LoggerFactory.getLogger(LogArrivals.class);

  private final FileSystem files;
  private final List<Watching> watching = new CopyOnWriteArrayList<>();

  LogArrivals(FileSystem files) {
    this.files = files;
  }

  private record Watching(TenantId tenant, Consumer<Arrived> watcher) {}

  @Override
  public Watch watch(TenantId tenant, Consumer<Arrived> watcher) {
    Watching added = new Watching(tenant, watcher);
    watching.add(added);
    return () -> watching.removeIf(one -> one.equals(added));
  }

  /** Rows of a tenant are visible; a watcher that fails is told nothing more. */
  void arrived(SignalStore<LogBatch> store, TenantId tenant, Memtable.Entry<LogBatch> entry) {
    Arrived arrived = null;
    for (Watching one : List.copyOf(watching)) {
      if (one.tenant.equals(tenant)) {
        arrived = arrived == null ? of(store, tenant, entry) : arrived;
        try {
          one.watcher.accept(arrived);
        } catch (RuntimeException e) {
          log.error("a watcher of log records failed and is told nothing more", e);
          watching.remove(one);
        }
      }
    }
  }

  private Arrived of(SignalStore<LogBatch> store, TenantId tenant, Memtable.Entry<LogBatch> entry) {
    LiveRecords alone = new LiveRecords();
    var _ = alone.add(alone.logs(), tenant, entry, 0);
    return new Arrived(
        new RecordReader(files, alone),
        entry.batch().rows(),
        store.schema().bytes(entry.batch()),
        entry.minTimeNanos(),
        entry.maxTimeNanos());
  }
}
