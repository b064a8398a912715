package io.ghostworks.records;

import io.ghostworks.model.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rows in memory that the same deletes hide. A part remembers one frame, up to which it may have
 * rows: for these it lies before all deletes that hide any of them, and behind the others.
 *
 * @param <B> the batch
 * @param entries by tenant
 * @param throughSequence the highest frame of which these are rows
 */
record HiddenRows<B>(Map<TenantId, List<Memtable.Entry<B>>> entries, long throughSequence) {

  /**
   * All rows of a memtable; one group where nothing is deleted.
   *
   * @param deletes of rows of this kind
   */
  static <B> List<HiddenRows<B>> groups(Memtable<B> rows, DeleteSet deletes) {
    Map<String, Map<TenantId, List<Memtable.Entry<B>>>> groups = new TreeMap<>();
    rows.entries()
        .forEach((tenant, entries) -> {
          for (Memtable.Entry<B> entry : entries) {
            groups
                .computeIfAbsent(hiddenBy(tenant, entry, deletes), key -> new TreeMap<>())
                .computeIfAbsent(tenant, t -> new ArrayList<>())
                .add(entry);
          }
        });
    List<HiddenRows<B>> answer = new ArrayList<>();
    groups.values().forEach(entries -> answer.add(new HiddenRows<>(entries, sequence(entries))));
    return answer;
  }

  private static <B> String hiddenBy(TenantId tenant, Memtable.Entry<B> entry, DeleteSet deletes) {
    return deletes
        .hiding(
            tenant, entry.retention(), entry.sequence(), entry.minTimeNanos(), entry.maxTimeNanos())
        .stream()
        .map(RecordDelete::id)
        .toList()
        .toString();
  }

  private static <B> long sequence(Map<TenantId, List<Memtable.Entry<B>>> entries) {
    long sequence = 0;
    for (List<Memtable.Entry<B>> each : entries.values()) {
      for (Memtable.Entry<B> entry : each) {
        sequence = Math.max(sequence, entry.sequence());
      }
    }
    return sequence;
  }
}
