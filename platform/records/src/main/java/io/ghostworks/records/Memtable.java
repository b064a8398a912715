package io.ghostworks.records;

import io.ghostworks.model.TenantId;
import io.ghostworks.records.batch.BatchSchema;
import io.ghostworks.records.batch.ColumnSet;
import io.ghostworks.records.batch.RowCopier;
import io.ghostworks.records.scan.RowSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Acknowledged batches of one kind that are not yet in a part. Small batches are copied together,
 * so that neither memory nor queries pay for each of them. Guarded by the engine's lock while it
 * grows; once frozen it never changes.
 *
 * @param <B> the batch
 */
final class Memtable<B> {

  /** So many batches of one tier become one of the next. */
  private static final int FOLDED = 16;

  /** Below so many rows a batch is of the first tier, and so on; beyond all it stays as it is. */
  private static final int[] TIER_ROWS = {16, 256};

  private final BatchSchema<B> schema;
  private final Map<TenantId, Map<RetentionClass, List<List<Entry<B>>>>> tenants = new TreeMap<>();
  private long bytes;
  private long rows;

  Memtable(BatchSchema<B> schema) {
    this.schema = schema;
  }

  /**
   * A batch whose rows are all of one retention class.
   *
   * @param sequence the highest frame of which it has rows
   */
  record Entry<B>(
      B batch, RetentionClass retention, long minTimeNanos, long maxTimeNanos, long sequence)
      implements RowSource<B> {

    static <B> Entry<B> of(
        BatchSchema<B> schema, B batch, RetentionClass retention, long sequence) {
      long min = Long.MAX_VALUE;
      long max = Long.MIN_VALUE;
      for (int row = 0; row < schema.rows(batch); row++) {
        min = Math.min(min, schema.timeNanos(batch, row));
        max = Math.max(max, schema.timeNanos(batch, row));
      }
      return new Entry<>(batch, retention, min, max, sequence);
    }

    Entry<B> withSequence(long newSequence) {
      return new Entry<>(batch, retention, minTimeNanos, maxTimeNanos, newSequence);
    }

    @Override
    public B load(ColumnSet columns) {
      return batch;
    }

    @Override
    public long loadBytes(ColumnSet columns) {
      return 0;
    }
  }

  void add(TenantId tenant, Entry<B> entry) {
    rows += schema.rows(entry.batch());
    bytes += schema.bytes(entry.batch());
    List<List<Entry<B>>> tiers =
        tenants
            .computeIfAbsent(tenant, t -> new TreeMap<>())
            .computeIfAbsent(entry.retention(), r -> tiers());
    int tier = tier(schema.rows(entry.batch()));
    tiers.get(tier).add(entry);
    while (tier < TIER_ROWS.length && tiers.get(tier).size() == FOLDED) {
      Entry<B> folded = folded(tiers.get(tier));
      tiers.get(tier).clear();
      tier++;
      tiers.get(tier).add(folded);
    }
  }

  private List<List<Entry<B>>> tiers() {
    List<List<Entry<B>>> tiers = new ArrayList<>();
    for (int i = 0; i <= TIER_ROWS.length; i++) {
      tiers.add(new ArrayList<>());
    }
    return tiers;
  }

  private static int tier(int rows) {
    int tier = 0;
    while (tier < TIER_ROWS.length && rows >= TIER_ROWS[tier]) {
      tier++;
    }
    return tier;
  }

  private Entry<B> folded(List<Entry<B>> small) {
    RowCopier<B> copier = schema.copier();
    long sequence = 0;
    for (Entry<B> entry : small) {
      sequence = Math.max(sequence, entry.sequence());
      bytes -= schema.bytes(entry.batch());
      for (int row = 0; row < schema.rows(entry.batch()); row++) {
        copier.copy(entry.batch(), row);
      }
    }
    bytes += schema.bytes(copier.batch());
    return Entry.of(schema, copier.batch(), small.getFirst().retention(), sequence);
  }

  /** Keeps a tenant's batches apart from those that are added later. */
  void seal(TenantId tenant) {
    for (List<List<Entry<B>>> tiers : tenants.getOrDefault(tenant, Map.of()).values()) {
      for (List<Entry<B>> small : tiers.subList(0, TIER_ROWS.length)) {
        tiers.getLast().addAll(small);
        small.clear();
      }
    }
  }

  /** The batches of a tenant; a copy. */
  List<Entry<B>> of(TenantId tenant) {
    List<Entry<B>> all = new ArrayList<>();
    tenants.getOrDefault(tenant, Map.of()).values().forEach(tiers -> tiers.forEach(all::addAll));
    return all;
  }

  /** All batches by tenant. */
  Map<TenantId, List<Entry<B>>> entries() {
    Map<TenantId, List<Entry<B>>> entries = new TreeMap<>();
    tenants.keySet().forEach(tenant -> entries.put(tenant, of(tenant)));
    return entries;
  }

  long bytes() {
    return bytes;
  }

  boolean isEmpty() {
    return rows == 0;
  }
}
