package io.ghostworks.logql;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.logql.pipeline.LogPipeline;
import io.ghostworks.logql.syntax.LogExpr;
import io.ghostworks.logql.syntax.LogqlParser;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.ColumnBatch;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.RecordCursor;
import io.ghostworks.query.record.RecordScan;
import io.ghostworks.query.record.Signal;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.runtime.time.SimulatedTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the store decides never changes an answer. */
class LogFiltersTest {
  private static final String[] VALUES = {
    "alpha", "al\"pha", "a/b/c", "x y z", "\u00e4\u00f6\u00fc", "200", "true", "b\\c", ""
  };
  private static final String[] NAMES = {"level", "user", "app", "code"};

  private final MemoryBudget budget = new MemoryLedger().open("test", 64 << 20);

  @Test
  void neverChangesAnAnswer() {
    long seed = Long.getLong("ghostworks.seed", 20_261_123L);
    Random random = new Random(seed);
    LogBatch batch = batch(random);
    MemoryLogs logs = new MemoryLogs(batch);
    for (int i = 0; i < 400; i++) {
      String query = query(random);
      assertThat(answered(query, logs))
          .as("seed %d: %s", seed, query)
          .isEqualTo(naive(query, logs));
    }
  }

  @Test
  void findsIdsUnderEachNameThatBecomesTheirLabel() {
    String id = "0af7651916cd43dd8448eb211c80319c";
    LogBatch batch = new LogBatch();
    batch.resources().attributes().add("trace-id", id);
    batch.resources().end(ByteArena.EMPTY, 0);
    batch.resources().end(ByteArena.EMPTY, 0);
    batch.scopes().end(ByteArena.EMPTY, ByteArena.EMPTY, ByteArena.EMPTY, 0);
    batch.streams().add(Labels.of("service_name", "api"));
    batch.streams().add(Labels.of("service_name", "web", "trace_id", id));
    for (int row = 0; row < 6; row++) {
      batch.body().addString("row " + row);
      switch (row) {
        case 0 -> batch.attributes().add("trace.id", id);
        case 1 -> batch.attributes().add("trace.id", 7);
        case 2 -> batch.attributes().add("trace_id", "other");
        default -> {}
      }
      long high = row == 3 || row == 4 ? 0x0af7651916cd43ddL : 0;
      long low = row == 3 || row == 4 ? 0x8448eb211c80319cL : 0;
      int flags = row == 4 ? LogBatch.CONTEXT_FOUND : 0;
      int resource = row == 2 ? 0 : 1;
      int stream = row == 5 ? 1 : 0;
      batch.endRow(
          resource, 0, stream, row, 0, 0, ByteArena.EMPTY, ByteArena.EMPTY, high, low, 0, flags, 0);
    }
    MemoryLogs logs = new MemoryLogs(batch);
    String query = "{service_name=~\".+\"} | trace_id=\"%s\"";
    // Not row 4, whose id was found in its line and is no label.
    assertThat(answered(query.formatted(id), logs))
        .isEqualTo(naive(query.formatted(id), logs))
        .extracting(found -> found.charAt(0))
        .containsExactly('0', '2', '3', '5');
    assertThat(answered(query.formatted("7"), logs))
        .isEqualTo(naive(query.formatted("7"), logs))
        .hasSize(1);
  }

  private static LogBatch batch(Random random) {
    LogBatch batch = new LogBatch();
    batch.resources().attributes().add("host.name", "alpha");
    batch.resources().end(ByteArena.EMPTY, 0);
    batch.scopes().end(ByteArena.EMPTY, ByteArena.EMPTY, ByteArena.EMPTY, 0);
    batch.streams().add(Labels.of("app", "alpha", "service_name", "api"));
    batch.streams().add(Labels.of("service_name", "web"));
    for (int row = 0; row < 200; row++) {
      batch.body().addString(line(random));
      if (random.nextInt(3) == 0) {
        batch.attributes().add("user", VALUES[random.nextInt(VALUES.length)]);
      }
      batch.endRow(0, 0, row % 2, row, 0, 0, ByteArena.EMPTY, ByteArena.EMPTY, 0, 0, 0, 0, 0);
    }
    return batch;
  }

  private static String line(Random random) {
    StringBuilder json = new StringBuilder("{");
    StringBuilder logfmt = new StringBuilder();
    for (String name : NAMES) {
      String value = VALUES[random.nextInt(VALUES.length)];
      StringBuilder escaped = new StringBuilder();
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        if (random.nextInt(20) == 0) {
          escaped.append("\\u%04x".formatted((int) c));
        } else if (c == '"' || c == '\\' || (c == '/' && random.nextBoolean())) {
          escaped.append('\\').append(c);
        } else {
          escaped.append(c);
        }
      }
      json.append(json.length() > 1 ? "," : "");
      json.append('"').append(name).append("\":\"").append(escaped).append('"');
      logfmt.append(name).append("=\"").append(escaped).append("\" ");
    }
    if (random.nextInt(5) == 0) {
      return "al\u001b[31mpha\u001b[0m " + logfmt;
    }
    return random.nextBoolean() ? json.append('}').toString() : logfmt.toString();
  }

  private static String query(Random random) {
    StringBuilder query = new StringBuilder("{service_name=~\".+\"}");
    int stages = 1 + random.nextInt(4);
    for (int i = 0; i < stages; i++) {
      String value = quoted(VALUES[random.nextInt(VALUES.length)]);
      String other = quoted(VALUES[random.nextInt(VALUES.length)]);
      String name = NAMES[random.nextInt(NAMES.length)];
      query
          .append(' ')
          .append(
              switch (random.nextInt(16)) {
                case 0 -> "|= " + value + " or " + other;
                case 1 -> "!= " + value + " or " + other;
                case 2 -> "|~ \"al.?pha\" or \"20+\"";
                case 3 -> "|> \"<_>level<_>\"";
                case 4 -> "| json";
                case 5 -> "| logfmt";
                case 6 -> "| " + name + "=" + value;
                case 7 -> "| " + name + "=" + value + " or " + name + "=" + other;
                case 8 -> "| line_format \"{{.level}}\"";
                case 9 -> "| label_format level=user";
                case 10 -> "| drop " + name + "=~\".*p.*\"";
                case 11, 12 -> "| " + name + ">=150";
                case 14 -> "| decolorize";
                case 13 -> "| " + name + "=" + value + " and user!=200 or app<100";
                default -> "| host_name=" + value + " or level!=" + other;
              });
    }
    return query.toString();
  }

  private static String quoted(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private QueryContext context() {
    return new QueryContext(
        TenantId.DEFAULT, new SimulatedTime(0), Duration.ofSeconds(1), budget, 64 << 20);
  }

  private List<String> answered(String query, MemoryLogs logs) {
    try (QueryContext context = context()) {
      return LogEngine.query(query, 0, 1_000, 1_000, LogEngine.Direction.FORWARD, context, logs)
          .streams()
          .stream()
          .flatMap(stream -> stream.entries().stream())
          .map(entry -> entry.timeNanos() + " " + entry.line() + " " + entry.parsed())
          .sorted()
          .toList();
    }
  }

  private List<String> naive(String query, MemoryLogs logs) {
    LogExpr expr = LogqlParser.parseLog(query);
    LogPipeline pipeline = LogPipeline.compile(expr.stages());
    RecordScan scan =
        new RecordScan(
            Signal.LOGS,
            0,
            1_000,
            new Filter.Stream(expr.matchers()),
            RecordLabels.PROJECTION,
            RecordScan.Order.OLDEST_FIRST,
            1_000);
    List<String> found = new ArrayList<>();
    try (QueryContext context = context();
        RecordCursor cursor = logs.scan(scan, context)) {
      for (ColumnBatch batch = cursor.next(); batch != null; batch = cursor.next()) {
        RecordLabels rows = new RecordLabels(batch);
        for (int row = 0; row < batch.rows(); row++) {
          byte[] line = rows.line(row).getBytes(StandardCharsets.UTF_8);
          long time = rows.timeNanos(row);
          Labels stream = rows.stream(row);
          if (pipeline.process(time, line, 0, line.length, stream, rows.structuredMetadata(row))) {
            found.add(time + " " + pipeline.line() + " " + pipeline.parsedLabels());
          }
        }
      }
    }
    return found.stream().sorted().toList();
  }
}
