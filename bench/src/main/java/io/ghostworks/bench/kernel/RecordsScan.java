package io.ghostworks.bench.kernel;

import io.ghostworks.logql.LogEngine;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.ColumnBatch;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.RecordCursor;
import io.ghostworks.query.record.RecordScan;
import io.ghostworks.query.record.Signal;
import io.ghostworks.records.RecordsEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** 100,000 log records in a part, filtered; nanoseconds a record that is looked at. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RecordsScan {

  private static final int BATCHES = 200;
  private static final int ROWS = BATCHES * StoredRecords.ROWS;

  private final Workspace workspace = Workspace.create();
  private final RecordsEngine engine = workspace.records();

  public RecordsScan() {
    StoredRecords.offer(engine, StoredRecords.logs(BATCHES));
    StoredRecords.flush(engine);
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public int lineContains() {
    return scan(new Filter.Contains(Field.BODY, "user-77 took".getBytes(StandardCharsets.UTF_8)));
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public int attributeEquals() {
    return scan(
        new Filter.Compare(
            new Field(Field.Scope.ATTRIBUTE, "user.id"),
            Filter.Operator.EQUAL,
            new Filter.Literal.Text("user-77")));
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public int logqlSelectorAndLineFilter() {
    return query("{service_name=~\"bench-.*\"} |= \"user-77 took\"");
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public int logqlLabelFilter() {
    return query("{service_name=~\"bench-.*\"} | user_id=\"user-77\"");
  }

  private int query(String query) {
    try (QueryContext context = workspace.query()) {
      return found(
          LogEngine.query(
                  query,
                  0,
                  Long.MAX_VALUE,
                  1_000,
                  LogEngine.Direction.BACKWARD,
                  context,
                  engine.source())
              .entries());
    }
  }

  private int scan(Filter filter) {
    RecordScan scan =
        new RecordScan(
            Signal.LOGS,
            0,
            Long.MAX_VALUE,
            filter,
            List.of(Field.TIME, Field.BODY),
            RecordScan.Order.NEWEST_FIRST,
            ROWS);
    int rows = 0;
    try (QueryContext context = workspace.query();
        RecordCursor cursor = engine.source().scan(scan, context)) {
      for (ColumnBatch batch = cursor.next(); batch != null; batch = cursor.next()) {
        rows += batch.rows();
      }
    }
    return found(rows);
  }

  private static int found(int rows) {
    if (rows == 0 || rows > ROWS / 100) {
      throw new IllegalStateException("a few records must be found, got %d".formatted(rows));
    }
    return rows;
  }

  @TearDown
  public void close() throws IOException {
    engine.close();
    workspace.close();
  }
}
