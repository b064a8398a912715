package io.ghostworks.logql;

import io.ghostworks.model.label.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a log query gave.
 *
 * @param streams by labels; entries newest or oldest first, as asked
 * @param entries how many in all
 */
public record LogAnswer(List<LogStream> streams, int entries) {
  public LogAnswer {
    streams = List.copyOf(streams);
  }

  /**
   * The same with structured metadata and parsed labels among the labels of the streams, as Loki
   * answers where the client does not ask for them apart ({@code categorize-labels}).
   */
  public List<LogStream> flattened() {
    Map<Labels, List<LogEntry>> byLabels = new TreeMap<>();
    for (LogStream stream : streams) {
      for (LogEntry entry : stream.entries()) {
        byLabels.computeIfAbsent(all(stream, entry), labels -> new ArrayList<>()).add(entry);
      }
    }
    List<LogStream> flattened = new ArrayList<>();
    byLabels.forEach((labels, entries) -> flattened.add(new LogStream(labels, entries)));
    return flattened;
  }

  /** Parsed labels may be empty, which a builder would not keep. */
  private static Labels all(LogStream stream, LogEntry entry) {
    if (entry.structuredMetadata().isEmpty() && entry.parsed().isEmpty()) {
      return stream.labels();
    }
    Map<String, String> all = new TreeMap<>(Labels::compareUtf8);
    stream.labels().forEach(all::put);
    entry.structuredMetadata().forEach(all::put);
    entry.parsed().forEach(all::put);
    String[] pairs = new String[2 * all.size()];
    int at = 0;
    for (Map.Entry<String, String> label : all.entrySet()) {
      pairs[at++] = label.getKey();
      pairs[at++] = label.getValue();
    }
    return Labels.ofSorted(pairs);
  }
}
