package io.ghostworks.server.loki;

import io.ghostworks.logql.LogAnswer;
import io.ghostworks.logql.LogEntry;
import io.ghostworks.logql.LogStream;
import io.ghostworks.model.label.Labels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One line of a tail, with the labels under which it is shown. */
record TailEntry(Labels labels, LogEntry entry) {

  private static final int BYTES = 200;

  /**
   * The lines of an answer, oldest first.
   *
   * @param categorized whether structured metadata stays apart from the labels
   */
  static List<TailEntry> of(LogAnswer answer, boolean categorized) {
    List<TailEntry> entries = new ArrayList<>(answer.entries());
    for (LogStream stream : categorized ? answer.streams() : answer.flattened()) {
      for (LogEntry entry : stream.entries()) {
        entries.add(new TailEntry(stream.labels(), entry));
      }
    }
    entries.sort(Comparator.comparingLong(TailEntry::timeNanos));
    return entries;
  }

  long timeNanos() {
    return entry.timeNanos();
  }

  /** About what it takes in memory. */
  long bytes() {
    return BYTES + 2L * entry.line().length() + 100L * entry.structuredMetadata().size();
  }
}
