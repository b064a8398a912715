package io.ghostworks.bench.kernel;

import io.ghostworks.logql.eval.LogqlEngine;
import io.ghostworks.logql.eval.LogqlOptions;
import io.ghostworks.logql.eval.LogqlRequest;
import io.ghostworks.logql.eval.LogqlResult;
import io.ghostworks.query.QueryContext;
import io.ghostworks.records.RecordsEngine;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Metric queries over 100,000 log records in a part; nanoseconds a record of the range. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LogqlMetrics {

  private static final int BATCHES = 200;
  private static final int ROWS = BATCHES * StoredRecords.ROWS;
  private static final long STEP_NANOS = 15_000_000_000L;
  private static final long HOUR_NANOS = 3_600_000_000_000L;
  private static final String SELECTOR = "{service_name=~\"bench-.*\"}";

  private final Workspace workspace = Workspace.create();
  private final RecordsEngine engine = workspace.records();
  private final long endNanos;

  public LogqlMetrics() {
    StoredRecords.offer(engine, StoredRecords.logs(BATCHES));
    StoredRecords.flush(engine);
    long nowNanos = System.currentTimeMillis() * 1_000_000L;
    endNanos = (nowNanos / STEP_NANOS + 2) * STEP_NANOS;
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public int countsByLevel() {
    return query("sum by (detected_level) (count_over_time(%s[1m]))");
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public int rateOfFoundLines() {
    return query("sum(rate(%s |= `took` [1m]))");
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public int quantileOfUnwrapped() {
    return query(
        "quantile_over_time(0.9, %s | regexp `took (?P<ms>[0-9]+)` | unwrap ms [1m]) by"
            + " (service_name)");
  }

  private int query(String form) {
    LogqlRequest request =
        LogqlRequest.range(form.formatted(SELECTOR), endNanos - HOUR_NANOS, endNanos, STEP_NANOS);
    try (QueryContext context = workspace.query()) {
      LogqlResult result =
          LogqlEngine.query(request, context, engine.source(), LogqlOptions.DEFAULT).result();
      if (result instanceof LogqlResult.Matrix matrix && !matrix.series().isEmpty()) {
        return matrix.series().getFirst().size();
      }
      throw new IllegalStateException("the query must give series, got " + result);
    }
  }

  @TearDown
  public void close() throws IOException {
    engine.close();
    workspace.close();
  }
}
