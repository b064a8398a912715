package io.ghostworks.logql.script;

import io.ghostworks.logql.LogEntry;
import io.ghostworks.logql.LogStream;
import io.ghostworks.model.label.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Compares the lines of a log query with what a script expects. */
final class LinesCheck {

  private LinesCheck() {}

  /** Why the streams are not the expected ones; "" if they are. */
  static String difference(Expected.Outcome outcome, List<LogStream> streams, long epochNanos) {
    List<Expected.Line> expected =
        switch (outcome) {
          case Expected.Outcome.Lines lines -> lines.lines();
          case Expected.Outcome.Empty empty -> List.of();
          default -> null;
        };
    if (expected == null) {
      return "a log query is expected to give lines, nothing or a failure";
    }
    Map<Labels, List<Expected.Line>> wanted = new TreeMap<>();
    expected.forEach(
        line -> wanted.computeIfAbsent(line.labels(), labels -> new ArrayList<>()).add(line));
    Map<Labels, List<Expected.Line>> found = new TreeMap<>();
    for (LogStream stream : streams) {
      for (LogEntry entry : stream.entries()) {
        found
            .computeIfAbsent(stream.labels(), labels -> new ArrayList<>())
            .add(new Expected.Line(stream.labels(), entry.line(), entry.timeNanos() - epochNanos));
      }
    }
    return wanted.equals(found)
        ? ""
        : "expected the lines %s, got %s".formatted(wanted.values(), found.values());
  }
}
