package io.ghostworks.logql;

import io.ghostworks.model.label.Labels;
import java.util.List;

/** The records of one stream in the direction of the query. */
public record LogStream(Labels labels, List<LogEntry> entries) {
  public LogStream {
    entries = List.copyOf(entries);
  }
}
