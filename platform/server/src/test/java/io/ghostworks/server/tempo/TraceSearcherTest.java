package io.ghostworks.server.tempo;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.ColumnBatch;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.RecordCursor;
import io.ghostworks.query.record.RecordScan;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.runtime.time.SimulatedTime;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TraceSearcherTest {

  private static final int TRACES = 500;

  private final List<RecordScan> scans = new ArrayList<>();

  @Test
  void candidatesAreReleasedWhetherTheyFitOrNot() {
    try (QueryContext context = context(4 << 20)) {
      TraceSearcher.Found none = find(search(Duration.ofSeconds(1), TRACES + 1), context);
      assertThat(none.inspected()).isEqualTo(TRACES);
      assertThat(none.traces()).isEmpty();
      assertThat(find(search(Duration.ZERO, TRACES + 1), context).traces()).hasSize(TRACES);
      assertThat(context.reservedBytes()).isZero();
    }
  }

  @Test
  void sumsManyCandidatesUpInOneScan() {
    try (QueryContext context = context(4 << 20)) {
      find(search(Duration.ofSeconds(1), 20), context);
      assertThat(scans.size()).isLessThanOrEqualTo(1 + TRACES / 16 + 1);
      scans.clear();
      assertThat(find(search(Duration.ZERO, 20), context).traces()).hasSize(20);
      assertThat(scans).hasSize(3);
      assertThat(context.reservedBytes()).isZero();
    }
  }

  @Test
  void tellsRootServicesErrorsAndTheSpansThatMatch() {
    try (QueryContext context = context(4 << 20)) {
      FoundTrace first = find(search(Duration.ZERO, 1), context).traces().getFirst();
      assertThat(first.rootService()).isEqualTo("api");
      assertThat(first.rootName()).isEqualTo("GET /");
      assertThat(first.services())
          .isEqualTo(
              Map.of(
                  "api", new FoundTrace.ServiceSpans(1, 0),
                  "worker", new FoundTrace.ServiceSpans(1, 1)));
      assertThat(first.durationNanos()).isEqualTo(3_000);
      assertThat(first.matched()).isEqualTo(2);
      assertThat(first.spans()).extracting(FoundTrace.FoundSpan::name).containsExactly("GET /");
      try (QueryContext other = context(4 << 20)) {
        String json =
            new String(
                SearchAnswer.write(find(search(Duration.ZERO, 1), context), other),
                StandardCharsets.UTF_8);
        assertThat(json)
            .contains(
                "\"serviceStats\":{\"api\":{\"spanCount\":1},\"worker\":{\"spanCount\":1,\"errorCount\":1}}")
            .doesNotContain("durationMs");
      }
    }
  }

  private TraceSearcher.Found find(TraceSearch search, QueryContext context) {
    return new TraceSearcher(source(), context, search).find();
  }

  private static QueryContext context(long bytes) {
    return new QueryContext(
        TenantId.DEFAULT,
        new SimulatedTime(0),
        Duration.ofSeconds(10),
        new MemoryLedger().open("queries", 64 << 20),
        bytes);
  }

  private static TraceSearch search(Duration min, int limit) {
    return new TraceSearch(
        Map.of(), Optional.of(min), Optional.empty(), 0, Long.MAX_VALUE, limit, 1);
  }

  /** Traces of a root and a failed child of another service. */
  private RecordSource source() {
    return (RecordSource)
        Proxy.newProxyInstance(
            RecordSource.class.getClassLoader(),
            new Class<?>[] {RecordSource.class},
            (proxy, method, arguments) -> {
              RecordScan scan = (RecordScan) arguments[0];
              scans.add(scan);
              return cursor(rows(scan));
            });
  }

  private static ColumnBatch rows(RecordScan scan) {
    Set<TraceKey> wanted = traces(scan.filter());
    ByteArena arena = new ByteArena(1024);
    long[][] values = new long[scan.projection().size()][2 * TRACES];
    int rows = 0;
    for (int trace = 1; trace <= TRACES; trace++) {
      if (!wanted.isEmpty() && !wanted.contains(new TraceKey(7, trace))) {
        continue;
      }
      for (int span = 0; span < 2; span++, rows++) {
        for (int column = 0; column < values.length; column++) {
          values[column][rows] = value(scan.projection().get(column), trace, span, arena);
        }
      }
    }
    List<ColumnBatch.Column> columns = new ArrayList<>();
    for (int column = 0; column < values.length; column++) {
      Field field = scan.projection().get(column);
      boolean number = Set.of(Field.TIME, Field.DURATION, Field.STATUS_CODE).contains(field);
      columns.add(
          number
              ? new ColumnBatch.LongColumn(values[column])
              : new ColumnBatch.BytesColumn(arena, values[column]));
    }
    return new ColumnBatch(rows, columns);
  }

  private static Set<TraceKey> traces(Filter filter) {
    return switch (filter) {
      case Filter.Traces traces -> traces.ids();
      case Filter.And and when !and.parts().isEmpty() -> traces(and.parts().getFirst());
      default -> Set.of();
    };
  }

  private static long value(Field field, int trace, int span, ByteArena arena) {
    return switch (field.name()) {
      case "trace_id" ->
          arena.append(ByteBuffer.allocate(16).putLong(7).putLong(trace).array(), 0, 16);
      case "span_id" -> arena.append(ByteBuffer.allocate(8).putLong(span + 1).array(), 0, 8);
      case "parent_span_id" -> span == 0 ? ByteArena.EMPTY : arena.append(new byte[8], 0, 8);
      case "name" -> arena.append(span == 0 ? "GET /" : "work");
      case "service_name" -> arena.append(span == 0 ? "api" : "worker");
      case "time" -> 1_000L * span;
      case "duration" -> 2_000;
      case "status_code" -> span == 0 ? 0 : 2;
      default -> throw new IllegalArgumentException(field.name());
    };
  }

  private static RecordCursor cursor(ColumnBatch batch) {
    return new RecordCursor() {
      private boolean given;

      @Override
      public ColumnBatch next() {
        if (given) {
          return null;
        }
        given = true;
        return batch;
      }

      @Override
      public void close() {}
    };
  }
}
