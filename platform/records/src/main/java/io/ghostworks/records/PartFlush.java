package io.ghostworks.records;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.query.record.Filter;
import io.ghostworks.records.batch.BatchSchema;
import io.ghostworks.records.batch.DistinctRows;
import io.ghostworks.records.batch.RowCopier;
import io.ghostworks.records.part.RecordPart;
import io.ghostworks.records.part.RecordPartWriter;
import io.ghostworks.records.rollup.RollupWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows into parts: one for each retention class and UTC day, in it tenant by tenant, and a
 * tenant's rows in the schema's order.
 *
 * @param <B> the batch
 */
final class PartFlush<B> {

  static final long NANOS_PER_DAY = 86_400_000_000_000L;

  private final PartFiles parts;
  private final SignalStore<B> store;
  private final Runnable betweenBlocks;
  private @Nullable RollupWriter rollup;

  /**
   * @param betweenBlocks runs often while a merge reads and writes: a merge takes long, and there
   *     may be something that cannot wait
   */
  PartFlush(PartFiles parts, SignalStore<B> store, Runnable betweenBlocks) {
    this.parts = parts;
    this.store = store;
    this.betweenBlocks = betweenBlocks;
  }

  /** Rows of one source that go into one part. */
  private record Piece<B>(B batch, int[] rows) {}

  /**
   * Writes rows in memory; leaves no file behind where it fails.
   *
   * @param all by tenant
   * @param sequence the highest frame of the journal of which these are rows
   */
  List<SignalStore.LivePart<B>> write(Map<TenantId, List<Memtable.Entry<B>>> all, long sequence)
      throws IOException {
    Map<RetentionClass, Map<Long, Map<TenantId, List<Piece<B>>>>> byPart = new TreeMap<>();
    all.forEach((tenant, entries) -> {
      for (Memtable.Entry<B> entry : entries) {
        split(entry, tenant, byPart.computeIfAbsent(entry.retention(), r -> new TreeMap<>()));
      }
    });
    List<SignalStore.LivePart<B>> written = new ArrayList<>();
    try {
      for (Map.Entry<RetentionClass, Map<Long, Map<TenantId, List<Piece<B>>>>> retention :
          byPart.entrySet()) {
        for (Map.Entry<Long, Map<TenantId, List<Piece<B>>>> day : retention.getValue().entrySet()) {
          written.add(
              writePart(writer -> writeTenants(writer, day.getValue()))
                  .live(retention.getKey(), day.getKey(), sequence));
        }
      }
      return written;
    } catch (IOException | RuntimeException e) {
      written.forEach(live -> live.part().retire(true));
      throw e;
    }
  }

  private void writeTenants(RecordPartWriter<B> writer, Map<TenantId, List<Piece<B>>> tenants)
      throws IOException {
    for (Map.Entry<TenantId, List<Piece<B>>> tenant : tenants.entrySet()) {
      writeTenant(writer, tenant.getKey(), tenant.getValue());
    }
  }

  /** Merges parts of one class and day into one; leaves no file behind where it fails. */
  SignalStore.LivePart<B> merge(List<SignalStore.LivePart<B>> sources) throws IOException {
    return writePart(writer ->
            mergeTenants(
                writer,
                sources.stream().map(SignalStore.LivePart::part).toList(),
                block -> Filter.ALL))
        .live(
            sources.getFirst().retention(),
            sources.getFirst().day(),
            sources.stream().mapToLong(SignalStore.LivePart::sequence).max().orElse(0));
  }

  /**
   * Writes a part anew without the rows that deletes hide; null where it has no others. Leaves no
   * file behind where it fails.
   *
   * @param deletes all that hide rows of the part up to a frame
   * @param sequence of that frame
   */
  SignalStore.@Nullable LivePart<B> rewrite(
      SignalStore.LivePart<B> source, DeleteSet deletes, long sequence) throws IOException {
    return rewrite(
        source, block -> DeleteSet.visible(source.hiding(deletes, block.number())), sequence);
  }

  /**
   * Writes a part of kept rows anew without those of traces that were given up; null where it has
   * no others. Leaves no file behind where it fails.
   */
  SignalStore.@Nullable LivePart<B> rewrite(SignalStore.LivePart<B> source, KeptSet kept)
      throws IOException {
    return rewrite(
        source, block -> kept.visible(block.part().tenant(block.number())), source.sequence());
  }

  private SignalStore.@Nullable LivePart<B> rewrite(
      SignalStore.LivePart<B> source, Function<PartMerge.Block<B>, Filter> visible, long sequence)
      throws IOException {
    boolean[] anyLeft = {false};
    Written<B> written =
        writePart(writer -> {
          mergeTenants(writer, List.of(source.part()), visible);
          anyLeft[0] = !writer.isEmpty();
        });
    if (!anyLeft[0]) {
      written.part().retire(true);
      return null;
    }
    return written.live(source.retention(), source.day(), sequence);
  }

  private void mergeTenants(
      RecordPartWriter<B> writer,
      List<RecordPart<B>> sources,
      Function<PartMerge.Block<B>, Filter> visible)
      throws IOException {
    Map<TenantId, List<List<PartMerge.Block<B>>>> tenants = new TreeMap<>();
    for (RecordPart<B> part : sources) {
      Map<TenantId, List<PartMerge.Block<B>>> own = new TreeMap<>();
      for (int block = 0; block < part.blocks(); block++) {
        own.computeIfAbsent(part.tenant(block), t -> new ArrayList<>())
            .add(new PartMerge.Block<>(part, block));
      }
      own.forEach(
          (tenant, blocks) -> tenants.computeIfAbsent(tenant, t -> new ArrayList<>()).add(blocks));
    }
    PartMerge<B> merge = new PartMerge<>(store, visible, betweenBlocks);
    for (Map.Entry<TenantId, List<List<PartMerge.Block<B>>>> tenant : tenants.entrySet()) {
      merge.run(tenant.getValue(), writer::isFull, batch -> add(writer, tenant.getKey(), batch));
    }
  }

  private void split(
      Memtable.Entry<B> entry, TenantId tenant, Map<Long, Map<TenantId, List<Piece<B>>>> byDay) {
    BatchSchema<B> schema = store.schema();
    int rows = schema.rows(entry.batch());
    long first = Math.floorDiv(entry.minTimeNanos(), NANOS_PER_DAY);
    long last = Math.floorDiv(entry.maxTimeNanos(), NANOS_PER_DAY);
    Map<Long, int[]> counts = new TreeMap<>();
    for (int row = 0; row < rows; row++) {
      long day =
          first == last
              ? first
              : Math.floorDiv(schema.timeNanos(entry.batch(), row), NANOS_PER_DAY);
      counts.computeIfAbsent(day, d -> new int[1])[0]++;
    }
    counts.forEach((day, count) -> {
      int[] own = new int[count[0]];
      int at = 0;
      for (int row = 0; row < rows; row++) {
        if (first == last
            || Math.floorDiv(schema.timeNanos(entry.batch(), row), NANOS_PER_DAY) == day) {
          own[at++] = row;
        }
      }
      byDay
          .computeIfAbsent(day, d -> new TreeMap<>())
          .computeIfAbsent(tenant, t -> new ArrayList<>())
          .add(new Piece<>(entry.batch(), own));
    });
  }

  private void add(RecordPartWriter<B> writer, TenantId tenant, B batch) throws IOException {
    writer.add(tenant, batch);
    RollupWriter counts = rollup;
    if (counts != null && batch instanceof LogBatch logs) {
      counts.add(tenant, logs);
    }
  }

  @FunctionalInterface
  private interface Content<B> {
    void write(RecordPartWriter<B> writer) throws IOException;
  }

  private Written<B> writePart(Content<B> content) throws IOException {
    Path path = parts.newPath(store);
    Path beside = PartFiles.rollupOf(path);
    boolean counts = store.partKind() == LiveRecords.LOGS_PART;
    try {
      try (RecordPartWriter<B> writer =
              RecordPartWriter.create(parts.files(), path, store.partKind(), store.schema());
          RollupWriter counter = counts ? RollupWriter.create(parts.files(), beside) : null) {
        rollup = counter;
        content.write(writer);
        writer.finish();
        if (counter != null) {
          counter.finish();
        }
      } finally {
        rollup = null;
      }
      RecordPart<B> part = RecordPart.open(parts.files(), path, store.partKind(), store.schema());
      if (counts) {
        part.deleteWith(beside);
      }
      return new Written<>(part, counts ? beside : null);
    } catch (IOException | RuntimeException e) {
      parts.delete(path);
      if (counts) {
        parts.delete(beside);
      }
      throw e;
    }
  }

  /** A part and the counts of its rows. */
  private record Written<B>(RecordPart<B> part, @Nullable Path rollup) {
    SignalStore.LivePart<B> live(RetentionClass retention, long day, long sequence) {
      return new SignalStore.LivePart<>(part, retention, day, sequence, rollup);
    }
  }

  private void writeTenant(RecordPartWriter<B> writer, TenantId tenant, List<Piece<B>> pieces)
      throws IOException {
    BatchSchema<B> schema = store.schema();
    BatchSchema.SortKeys<B> keys = schema.sortKeys();
    pieces.forEach(piece -> keys.add(piece.batch()));
    RowSequence rows = new RowSequence(pieces.stream().mapToInt(p -> p.rows().length).sum());
    for (int index = 0; index < pieces.size(); index++) {
      Piece<B> piece = pieces.get(index);
      for (int row : piece.rows()) {
        rows.add(
            keys.key(index, piece.batch(), row), schema.timeNanos(piece.batch(), row), index, row);
      }
    }
    rows.sort();
    RowCopier<B> copier = schema.copier();
    DistinctRows<B> atSameTime = new DistinctRows<>(schema);
    for (int at = 0; at < rows.size(); at++) {
      B batch = pieces.get(rows.piece(at)).batch();
      int row = rows.row(at);
      if (!rows.isLikeBefore(at)) {
        atSameTime.clear();
      }
      if (!atSameTime.add(batch, row)) {
        continue;
      }
      copier.copy(batch, row);
      if (writer.isFull(copier.batch())) {
        betweenBlocks.run();
        add(writer, tenant, copier.batch());
        copier = schema.copier();
      }
    }
    if (schema.rows(copier.batch()) > 0) {
      add(writer, tenant, copier.batch());
    }
  }
}
