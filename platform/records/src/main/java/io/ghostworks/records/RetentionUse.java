package io.ghostworks.records;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the parts of one retention class take.
 *
 * @param name of the class
 * @param signal {@code logs} or {@code traces}
 * @param oldestDay of its parts, in days since the epoch, UTC; null if there are none
 */
public record RetentionUse(
    String name, String signal, Duration keep, int parts, long bytes, @Nullable Long oldestDay) {

  /** All classes that have parts, and those that the settings name. */
  static List<RetentionUse> of(LiveRecords live, RecordRetention retention) {
    Map<String, RetentionUse> uses = new TreeMap<>();
    add(uses, empty("logs", "logs", retention.logs()));
    add(uses, empty("audit", "logs", retention.auditLogs()));
    add(uses, empty("traces", "traces", retention.traces()));
    for (RecordRetention.Rule rule : retention.rules()) {
      add(uses, empty(rule.name(), rule.ofTraces() ? "traces" : "logs", rule.keep()));
    }
    PartSet parts = live.parts();
    parts.logs().forEach(part -> add(uses, of(part, "logs", retention)));
    parts.spans().forEach(part -> add(uses, of(part, "traces", retention)));
    return new ArrayList<>(uses.values());
  }

  private static RetentionUse empty(String name, String signal, Duration keep) {
    return new RetentionUse(name, signal, keep, 0, 0, null);
  }

  private static RetentionUse of(
      SignalStore.LivePart<?> part, String signal, RecordRetention retention) {
    return new RetentionUse(
        part.retention().name(),
        signal,
        retention.of(part.retention()),
        1,
        part.part().sizeBytes(),
        part.day());
  }

  private static void add(Map<String, RetentionUse> uses, RetentionUse use) {
    uses.merge(use.name() + " " + use.signal(), use, RetentionUse::plus);
  }

  private RetentionUse plus(RetentionUse more) {
    Long oldest = oldestDay;
    Long other = more.oldestDay;
    if (oldest == null || (other != null && other < oldest)) {
      oldest = other;
    }
    return new RetentionUse(name, signal, keep, parts + more.parts, bytes + more.bytes, oldest);
  }
}
