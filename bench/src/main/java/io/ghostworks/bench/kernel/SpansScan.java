package io.ghostworks.bench.kernel;

import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.ColumnBatch;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.RecordCursor;
import io.ghostworks.query.record.RecordScan;
import io.ghostworks.query.record.Signal;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.records.RecordsEngine;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** 100,000 spans in a part: filters, values of tags, and traces; nanoseconds a stored span. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SpansScan {

  private static final int BATCHES = 200;
  private static final int ROWS = BATCHES * StoredRecords.ROWS;
  private static final int TRACES = 1_000;
  private static final Field USER = new Field(Field.Scope.ATTRIBUTE, "user.id");
  private static final Field TENANT = new Field(Field.Scope.ATTRIBUTE, "tenant.id");

  private final Workspace workspace = Workspace.create();
  private final RecordsEngine engine = workspace.records();
  private final Set<TraceKey> ids = new LinkedHashSet<>();

  public SpansScan() {
    List<SpanBatch> spans = StoredRecords.spans(BATCHES);
    for (SpanBatch batch : spans) {
      for (int row = 0; row < batch.rows() && ids.size() < TRACES; row++) {
        ids.add(new TraceKey(batch.traceIdHigh(row), batch.traceIdLow(row)));
      }
      engine.spanSink().offer(Workspace.TENANT, batch).join();
    }
    StoredRecords.flush(engine);
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public int attributeEquals() {
    return scan(
        new Filter.Compare(USER, Filter.Operator.EQUAL, new Filter.Literal.Text("user-77")));
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public int eventAttributeThatNoBlockHas() {
    return scan(
        new Filter.Compare(
            new Field(Field.Scope.EVENT, "exception.type"),
            Filter.Operator.EQUAL,
            new Filter.Literal.Text("Timeout")));
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public int valuesOfATag() {
    try (QueryContext context = workspace.query()) {
      return engine
          .source()
          .typedValues(Signal.SPANS, TENANT, Filter.ALL, 0, Long.MAX_VALUE, 1_000, context)
          .size();
    }
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public int aThousandTraces() {
    int[] rows = {0};
    try (QueryContext context = workspace.query()) {
      engine
          .source()
          .traces(
              ids,
              List.of(Field.NAME, Field.RESOURCE_ATTRIBUTES),
              context,
              batch -> rows[0] += batch.rows());
    }
    if (rows[0] < TRACES) {
      throw new IllegalStateException("only %d spans were found".formatted(rows[0]));
    }
    return rows[0];
  }

  private int scan(Filter filter) {
    RecordScan scan =
        new RecordScan(
            Signal.SPANS,
            0,
            Long.MAX_VALUE,
            filter,
            List.of(Field.TIME, Field.TRACE_ID),
            RecordScan.Order.NEWEST_FIRST,
            ROWS);
    int rows = 0;
    try (QueryContext context = workspace.query();
        RecordCursor cursor = engine.source().scan(scan, context)) {
      for (ColumnBatch batch = cursor.next(); batch != null; batch = cursor.next()) {
        rows += batch.rows();
      }
    }
    return rows;
  }

  @TearDown
  public void close() throws IOException {
    engine.close();
    workspace.close();
  }
}
