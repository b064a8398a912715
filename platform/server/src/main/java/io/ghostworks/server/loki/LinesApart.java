package io.ghostworks.server.loki;

import io.ghostworks.logql.LogAnswer;
import io.ghostworks.logql.LogEngine;
import io.ghostworks.logql.LogEntry;
import io.ghostworks.logql.LogStream;
import io.ghostworks.logql.eval.LogqlRequest;
import io.ghostworks.model.label.Labels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Lines of which each is at least an interval from the one before, in the direction of a query. As
 * many are asked for as are wanted; if some of them are too near, more are asked for behind them.
 */
final class LinesApart {

  private final long intervalNanos;
  private final LogqlRequest asked;
  private final boolean forward;
  private final Map<Labels, List<LogEntry>> byStream = new TreeMap<>();
  private int entries;
  private long next;

  LinesApart(long intervalNanos, LogqlRequest asked) {
    this.intervalNanos = intervalNanos;
    this.asked = asked;
    this.forward = asked.direction() == LogEngine.Direction.FORWARD;
    this.next = forward ? asked.startNanos() : asked.endNanos();
  }

  private record Line(Labels stream, LogEntry entry) {
    long timeNanos() {
      return entry.timeNanos();
    }
  }

  /**
   * @param first the answer to what was asked
   * @param more answers what is asked further
   */
  LogAnswer of(LogAnswer first, Function<LogqlRequest, LogAnswer> more) {
    LogAnswer answer = first;
    while (true) {
      take(answer);
      boolean exhausted =
          answer.entries() < asked.limit()
              || (forward ? next >= asked.endNanos() : next < asked.startNanos());
      if (entries == asked.limit() || exhausted) {
        List<LogStream> streams = new ArrayList<>();
        byStream.forEach((labels, found) -> streams.add(new LogStream(labels, found)));
        return new LogAnswer(streams, entries);
      }
      answer = more.apply(rest());
    }
  }

  private LogqlRequest rest() {
    return new LogqlRequest(
        asked.query(),
        forward ? next : asked.startNanos(),
        forward ? asked.endNanos() : next + 1,
        asked.stepNanos(),
        asked.limit(),
        asked.direction());
  }

  private void take(LogAnswer answer) {
    List<Line> lines = new ArrayList<>();
    for (LogStream stream : answer.streams()) {
      stream.entries().forEach(entry -> lines.add(new Line(stream.labels(), entry)));
    }
    Comparator<Line> byTime = Comparator.comparingLong(Line::timeNanos);
    lines.sort(forward ? byTime : byTime.reversed());
    for (Line line : lines) {
      boolean far = forward ? line.timeNanos() >= next : line.timeNanos() <= next;
      if (far && entries < asked.limit()) {
        byStream.computeIfAbsent(line.stream(), labels -> new ArrayList<>()).add(line.entry());
        entries++;
        next = forward ? line.timeNanos() + intervalNanos : line.timeNanos() - intervalNanos;
      }
    }
  }
}
