package io.ghostworks.server.loki;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.logql.LogAnswer;
import io.ghostworks.logql.LogEngine;
import io.ghostworks.logql.LogEntry;
import io.ghostworks.logql.LogStream;
import io.ghostworks.logql.eval.LogqlRequest;
import io.ghostworks.model.label.Labels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LinesApartTest {

  /** A line each nanosecond. */
  private static LogAnswer lines(LogqlRequest asked) {
    boolean forward = asked.direction() == LogEngine.Direction.FORWARD;
    List<LogEntry> entries = new ArrayList<>();
    LongStream.range(asked.startNanos(), asked.endNanos())
        .boxed()
        .sorted(forward ? Comparator.naturalOrder() : Comparator.reverseOrder())
        .limit(asked.limit())
        .forEach(time -> entries.add(new LogEntry(time, "x", Labels.EMPTY, Labels.EMPTY)));
    return new LogAnswer(List.of(new LogStream(Labels.EMPTY, entries)), entries.size());
  }

  private static List<Long> apart(long interval, LogEngine.Direction direction, int limit) {
    LogqlRequest asked = new LogqlRequest("", 0, 100, 1, limit, direction);
    return new LinesApart(interval, asked)
        .of(lines(asked), LinesApartTest::lines).streams().stream()
            .flatMap(stream -> stream.entries().stream())
            .map(LogEntry::timeNanos)
            .toList();
  }

  @Test
  void takesLinesThatAreFarEnoughFromTheOneBefore() {
    assertThat(apart(7, LogEngine.Direction.FORWARD, 4)).containsExactly(0L, 7L, 14L, 21L);
    assertThat(apart(7, LogEngine.Direction.BACKWARD, 4)).containsExactly(99L, 92L, 85L, 78L);
  }

  @Test
  void endsWithTheRange() {
    assertThat(apart(40, LogEngine.Direction.FORWARD, 10)).containsExactly(0L, 40L, 80L);
    assertThat(apart(40, LogEngine.Direction.BACKWARD, 10)).containsExactly(99L, 59L, 19L);
  }
}
