package io.ghostworks.records;

import io.ghostworks.model.TenantId;
import io.ghostworks.records.batch.BatchSchema;
import io.ghostworks.records.batch.RowCopier;
import io.ghostworks.records.part.RecordPart;
import io.ghostworks.records.part.RecordPartWriter;
import io.ghostworks.records.scan.RowSource;
import io.ghostworks.storage.file.FileSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Writes rows into parts: one for each retention class and UTC day, in it tenant by tenant, and a
 * tenant's rows in the schema's order.
 *
 * @param <B> the batch
 */
final class PartFlush<B> {

  static final long NANOS_PER_DAY = 86_400_000_000_000L;

  private final FileSystem files;
  private final Path directory;
  private final SignalStore<B> store;
  private final LongSupplier nextNumber;

  PartFlush(FileSystem files, Path directory, SignalStore<B> store, LongSupplier nextNumber) {
    this.files = files;
    this.directory = directory;
    this.store = store;
    this.nextNumber = nextNumber;
  }

  /** Rows of one source that go into one part. */
  private record Piece<B>(B batch, int[] rows) {}

  /** Writes a frozen memtable. */
  List<SignalStore.LivePart<B>> write(Memtable<B> memtable) throws IOException {
    Map<RetentionClass, Map<Long, Map<TenantId, List<Piece<B>>>>> byPart =
        new EnumMap<>(RetentionClass.class);
    memtable
        .entries()
        .forEach((tenant, entries) -> {
          for (Memtable.Entry<B> entry : entries) {
            split(entry, tenant, byPart.computeIfAbsent(entry.retention(), r -> new TreeMap<>()));
          }
        });
    List<SignalStore.LivePart<B>> written = new ArrayList<>();
    for (Map.Entry<RetentionClass, Map<Long, Map<TenantId, List<Piece<B>>>>> retention :
        byPart.entrySet()) {
      for (Map.Entry<Long, Map<TenantId, List<Piece<B>>>> day : retention.getValue().entrySet()) {
        written.add(
            new SignalStore.LivePart<>(
                writePart(day.getValue()), retention.getKey(), day.getKey()));
      }
    }
    return written;
  }

  /** Merges parts of one class and day into one. */
  SignalStore.LivePart<B> merge(List<SignalStore.LivePart<B>> parts) throws IOException {
    Map<TenantId, List<RowSource<B>>> blocks = new TreeMap<>();
    for (SignalStore.LivePart<B> live : parts) {
      for (int block = 0; block < live.part().blocks(); block++) {
        blocks
            .computeIfAbsent(live.part().tenant(block), t -> new ArrayList<>())
            .add(source(live.part(), block));
      }
    }
    Path path = nextPath();
    try (RecordPartWriter<B> writer =
        RecordPartWriter.create(files, path, store.partKind(), store.schema())) {
      for (Map.Entry<TenantId, List<RowSource<B>>> tenant : blocks.entrySet()) {
        List<Piece<B>> pieces = new ArrayList<>();
        for (RowSource<B> block : tenant.getValue()) {
          B batch = block.load();
          int[] rows = new int[store.schema().rows(batch)];
          Arrays.setAll(rows, row -> row);
          pieces.add(new Piece<>(batch, rows));
        }
        writeTenant(writer, tenant.getKey(), pieces);
      }
      writer.finish();
    }
    return new SignalStore.LivePart<>(
        RecordPart.open(files, path, store.partKind(), store.schema()),
        parts.getFirst().retention(),
        parts.getFirst().day());
  }

  private RowSource<B> source(RecordPart<B> part, int block) {
    return new RowSource<>() {
      @Override
      public long minTimeNanos() {
        return part.minTimeNanos(block);
      }

      @Override
      public long maxTimeNanos() {
        return part.maxTimeNanos(block);
      }

      @Override
      public B load() {
        return part.read(block);
      }

      @Override
      public long loadedBytes(B batch) {
        return 0;
      }
    };
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

  private RecordPart<B> writePart(Map<TenantId, List<Piece<B>>> tenants) throws IOException {
    Path path = nextPath();
    try (RecordPartWriter<B> writer =
        RecordPartWriter.create(files, path, store.partKind(), store.schema())) {
      for (Map.Entry<TenantId, List<Piece<B>>> tenant : tenants.entrySet()) {
        writeTenant(writer, tenant.getKey(), tenant.getValue());
      }
      writer.finish();
    }
    return RecordPart.open(files, path, store.partKind(), store.schema());
  }

  private void writeTenant(RecordPartWriter<B> writer, TenantId tenant, List<Piece<B>> pieces)
      throws IOException {
    BatchSchema<B> schema = store.schema();
    BatchSchema.SortKeys<B> keys = schema.sortKeys();
    pieces.forEach(piece -> keys.add(piece.batch()));
    List<SortedRow> rows = new ArrayList<>();
    for (int index = 0; index < pieces.size(); index++) {
      Piece<B> piece = pieces.get(index);
      for (int row : piece.rows()) {
        rows.add(
            new SortedRow(
                keys.key(index, piece.batch(), row),
                schema.timeNanos(piece.batch(), row),
                index,
                row));
      }
    }
    rows.sort(null);
    RowCopier<B> copier = schema.copier();
    @org.jspecify.annotations.Nullable SortedRow before = null;
    for (SortedRow row : rows) {
      B batch = pieces.get(row.piece()).batch();
      boolean repeated =
          before != null
              && before.key() == row.key()
              && before.timeNanos() == row.timeNanos()
              && schema.sameRow(pieces.get(before.piece()).batch(), before.row(), batch, row.row());
      before = row;
      if (repeated) {
        continue;
      }
      copier.copy(batch, row.row());
      if (schema.rows(copier.batch()) == RecordPartWriter.blockRowsMax()) {
        writer.add(tenant, copier.batch());
        copier = schema.copier();
      }
    }
    if (schema.rows(copier.batch()) > 0) {
      writer.add(tenant, copier.batch());
    }
  }

  private Path nextPath() {
    return directory.resolve(
        "%s-%012d.part"
            .formatted(
                store.partKind() == RecordsEngine.LOGS_KIND ? "logs" : "spans",
                nextNumber.getAsLong()));
  }

  /** A row on its way into a part, in the order of the part. */
  private record SortedRow(int key, long timeNanos, int piece, int row)
      implements Comparable<SortedRow> {
    @Override
    public int compareTo(SortedRow other) {
      int byKey = Integer.compare(key, other.key);
      if (byKey != 0) {
        return byKey;
      }
      int byTime = Long.compare(timeNanos, other.timeNanos);
      if (byTime != 0) {
        return byTime;
      }
      int byPiece = Integer.compare(piece, other.piece);
      return byPiece != 0 ? byPiece : Integer.compare(row, other.row);
    }
  }
}
