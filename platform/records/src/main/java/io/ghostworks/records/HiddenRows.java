package io.ghostworks.records;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.record.LogBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rows in memory that the same deletes hide. A part remembers one frame, up to which it may have
 * rows: for these it lies before all deletes that hide any of them, and behind the others.
 *
 * @param entries by tenant
 * @param throughSequence the highest frame of which these are rows
 */
record HiddenRows(Map<TenantId, List<Memtable.Entry<LogBatch>>> entries, long throughSequence) {

  /** All rows of a memtable; one group where nothing is deleted. */
  static List<HiddenRows> groups(Memtable<LogBatch> rows, DeleteSet deletes) {
    Map<String, Map<TenantId, List<Memtable.Entry<LogBatch>>>> groups = new TreeMap<>();
    rows.entries()
        .forEach((tenant, entries) -> {
          for (Memtable.Entry<LogBatch> entry : entries) {
            groups
                .computeIfAbsent(hiddenBy(tenant, entry, deletes), key -> new TreeMap<>())
                .computeIfAbsent(tenant, t -> new ArrayList<>())
                .add(entry);
          }
        });
    List<HiddenRows> answer = new ArrayList<>();
    groups.values().forEach(entries -> answer.add(new HiddenRows(entries, sequence(entries))));
    return answer;
  }

  private static String hiddenBy(
      TenantId tenant, Memtable.Entry<LogBatch> entry, DeleteSet deletes) {
    return deletes
        .hiding(
            tenant, entry.retention(), entry.sequence(), entry.minTimeNanos(), entry.maxTimeNanos())
        .stream()
        .map(LogDelete::id)
        .toList()
        .toString();
  }

  private static long sequence(Map<TenantId, List<Memtable.Entry<LogBatch>>> entries) {
    long sequence = 0;
    for (List<Memtable.Entry<LogBatch>> each : entries.values()) {
      for (Memtable.Entry<LogBatch> entry : each) {
        sequence = Math.max(sequence, entry.sequence());
      }
    }
    return sequence;
  }
}
