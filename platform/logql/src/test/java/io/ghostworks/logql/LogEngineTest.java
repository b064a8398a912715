package io.ghostworks.logql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryException;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.runtime.time.SimulatedTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogEngineTest {
  private final LogBatch batch = new LogBatch();
  private final MemoryLogs logs = new MemoryLogs(batch);
  private final MemoryBudget budget = new MemoryLedger().open("test", 1 << 20);

  LogEngineTest() {
    batch.resources().attributes().add("service.name", "api");
    batch.resources().attributes().add("host.name", "h1");
    batch.resources().end(ByteArena.EMPTY, 0);
    batch.scopes().end(batch.arena().append("lib"), ByteArena.EMPTY, ByteArena.EMPTY, 0);
    batch.streams().add(Labels.of("service_name", "api"));
    batch.streams().add(Labels.of("service_name", "worker"));
    row(0, 1, "GET /a took 5ms", 9, 0x11);
    row(0, 2, "GET /b failed", 17, 0x22);
    row(1, 3, "job done", 0, 0);
    row(0, 4, "POST /a took 250ms", 9, 0x22);
  }

  private void row(int stream, long time, String line, int severity, long traceLow) {
    batch.body().addString(line);
    batch.attributes().add("http.status", (long) (severity == 17 ? 500 : 200));
    batch.attributes().add("took", line.contains("250ms") ? "250ms" : "5ms");
    batch.endRow(
        0, 0, stream, time, 0, severity, ByteArena.EMPTY, ByteArena.EMPTY, 0, traceLow, 0, 0, 0);
  }

  private LogAnswer query(String query, int limit, LogEngine.Direction direction) {
    try (QueryContext context =
        new QueryContext(
            TenantId.DEFAULT, new SimulatedTime(0), Duration.ofSeconds(1), budget, 1 << 20)) {
      return LogEngine.query(query, 0, 100, limit, direction, context, logs);
    }
  }

  private List<Long> times(String query) {
    return query(query, 100, LogEngine.Direction.BACKWARD).streams().stream()
        .flatMap(stream -> stream.entries().stream())
        .map(LogEntry::timeNanos)
        .toList();
  }

  @Test
  void givesStreamsSortedAndEntriesInTheDirection() {
    LogAnswer answer = query("{service_name=~\".+\"}", 3, LogEngine.Direction.BACKWARD);
    assertThat(answer.streams())
        .extracting(stream -> stream.labels().get("service_name"))
        .containsExactly("api", "worker");
    assertThat(answer.streams().get(0).entries())
        .extracting(LogEntry::timeNanos)
        .containsExactly(4L, 2L);
    answer = query("{service_name=\"api\"}", 2, LogEngine.Direction.FORWARD);
    assertThat(answer.streams().get(0).entries())
        .extracting(LogEntry::timeNanos)
        .containsExactly(1L, 2L);
    assertThat(budget.usedBytes()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{service_name=\"api\"} |= \"took\"; 4,1",
        "{service_name=\"api\"} != \"took\"; 2",
        "{service_name=\"api\"} |= \"failed\" or \"POST\"; 4,2",
        "{service_name=\"api\"} != \"failed\" or \"POST\"; 1",
        "{service_name=\"api\"} |~ `/a.*ms$` != `250`; 1",
        "{service_name=\"api\"} !~ \"GET.*\"; 4",
        "{service_name=\"api\"} |= \"\"; 4,2,1",
        "{service_name=\"api\"} | http_status >= 500; 2",
        "{service_name=\"api\"} | took > 100ms; 4",
        "{service_name=\"api\"} | http_status = 200, took <= 5ms; 1",
        "{service_name=\"api\"} | detected_level = \"error\" or took = 250ms; 4,2",
        "{service_name=\"api\"} | (detected_level =~ \"e.*\" or took > 1s) and http_status != 200;"
            + " 2",
        "{service_name=\"api\"} | trace_id = \"00000000000000000000000000000022\"; 4,2",
        "{service_name=\"api\"} |> \"<_> /a took <_>\"; 4,1",
        "{service_name=\"api\"} !> \"<_> /a took <_>\"; 2",
        "{service_name=\"api\"} | pattern \"<m> <_>\" | m=\"GET\"; 2,1",
        "{service_name=\"api\"} | line_format \"{{.took}}\" |= \"250\"; 4",
        "{service_name=\"api\"} |= \"took\" | regexp \"(?P<n>\\\\d+)ms\" | n > 100; 4",
        "{service_name=\"api\"} | missing > 5; ''",
        "{service_name=\"api\"} | host_name = \"h1\" |= \"POST\"; 4"
      })
  void filtersLinesAndLabels(String query, String expected) {
    String found = String.join(",", times(query).stream().map(String::valueOf).toList());
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void showsAttributesAsStructuredMetadata() {
    LogEntry entry =
        query("{service_name=\"api\"} |= \"failed\"", 1, LogEngine.Direction.BACKWARD)
            .streams()
            .get(0)
            .entries()
            .get(0);
    assertThat(entry.structuredMetadata().toMap())
        .containsEntry("http_status", "500")
        .containsEntry("host_name", "h1")
        .containsEntry("scope_name", "lib")
        .containsEntry("severity_number", "17")
        .containsEntry("detected_level", "error")
        .containsEntry("trace_id", "00000000000000000000000000000022")
        .doesNotContainKey("service_name");
    LogAnswer answer = query("{service_name=\"api\"}", 9, LogEngine.Direction.BACKWARD);
    assertThat(answer.streams()).hasSize(1);
    assertThat(answer.flattened()).hasSize(3);
  }

  @Test
  void keepsRecordsWhoseLabelIsNoNumberAndSaysSo() {
    LogAnswer answer =
        query("{service_name=\"worker\"} | host_name > 5", 9, LogEngine.Direction.BACKWARD);
    assertThat(answer.streams().get(0).entries().get(0).parsed().get("__error__"))
        .isEqualTo("LabelFilterErr");
  }

  @Test
  void stopsReadingAtTheLimit() {
    query("{service_name=\"api\"} | http_status > 0", 1, LogEngine.Direction.BACKWARD);
    assertThat(logs.scannedRows()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "{app=x}; parse error at line 1, col 6: syntax error: unexpected IDENTIFIER, expecting"
            + " STRING",
        "{app=\"x\"} |= 5; parse error at line 1, col 14: syntax error: unexpected NUMBER,"
            + " expecting STRING or ip",
        "{app=\"x\"} |= ip(\"x\"); parse error : stage '|= ip(\"x\")' : ip: invalid pattern: \"x\"",
        "rate({app=\"x\"}[5m]); only log selector is supported",
        "{app=~\".*\"}; parse error : queries require at least one regexp or equality matcher that"
            + " does not have an empty-compatible value. For instance, app=~\".*\" does not meet"
            + " this requirement, but app=~\".+\" will"
      })
  void refusesWithPlaceAndReason(String query, String message) {
    assertThatThrownBy(() -> query(query, 1, LogEngine.Direction.BACKWARD))
        .isInstanceOf(QueryException.class)
        .hasMessage(message);
  }
}
