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
        Labels.Builder all = stream.labels().toBuilder();
        entry.structuredMetadata().forEach(all::set);
        entry.parsed().forEach(all::set);
        byLabels.computeIfAbsent(all.build(), labels -> new ArrayList<>()).add(entry);
      }
    }
    List<LogStream> flattened = new ArrayList<>();
    byLabels.forEach((labels, entries) -> flattened.add(new LogStream(labels, entries)));
    return flattened;
  }
}
