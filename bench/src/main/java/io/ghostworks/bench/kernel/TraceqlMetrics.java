package io.ghostworks.bench.kernel;

import io.ghostworks.query.QueryContext;
import io.ghostworks.records.RecordsEngine;
import io.ghostworks.traceql.metrics.MetricsAnswer;
import io.ghostworks.traceql.metrics.MetricsEngine;
import io.ghostworks.traceql.metrics.MetricsOptions;
import io.ghostworks.traceql.metrics.MetricsRequest;
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

/** Metrics queries of TraceQL over 100,000 spans in a part; nanoseconds a span of the range. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TraceqlMetrics {

  private static final int BATCHES = 200;
  private static final int ROWS = BATCHES * StoredRecords.ROWS;
  private static final long HOUR_NANOS = 3_600_000_000_000L;

  private final Workspace workspace = Workspace.create();
  private final RecordsEngine engine = workspace.records();
  private final MetricsEngine metrics = new MetricsEngine(engine.source(), MetricsOptions.DEFAULT);
  private final long endNanos;

  public TraceqlMetrics() {
    StoredRecords.spans(BATCHES)
        .forEach(batch -> engine.spanSink().offer(Workspace.TENANT, batch).join());
    StoredRecords.flush(engine);
    endNanos = System.currentTimeMillis() * 1_000_000L + HOUR_NANOS / 2;
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public int rateByService() {
    return query("{} | rate() by (resource.service.name)");
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public int quantilesByName() {
    return query("{} | quantile_over_time(duration, .5, .99) by (name)");
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public int errorsByAttribute() {
    return query("{ duration > 1ms } | count_over_time() by (span.user.id)");
  }

  private int query(String query) {
    try (QueryContext context = workspace.query()) {
      MetricsAnswer answer =
          metrics.range(MetricsRequest.of(query, endNanos - HOUR_NANOS, endNanos, 0), context);
      if (answer.series().isEmpty()) {
        throw new IllegalStateException("the query must give series: " + query);
      }
      return answer.series().size();
    }
  }

  @TearDown
  public void close() throws IOException {
    engine.close();
    workspace.close();
  }
}
