package io.ghostworks.bench.kernel;

import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.records.RecordsEngine;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A trace of ten spans out of 10,000 traces in a part. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TraceById {

  private static final int BATCHES = 200;
  private static final int SPANS_PER_TRACE = 10;

  private final Workspace workspace = Workspace.create();
  private final RecordsEngine engine = workspace.records();
  private final List<SpanBatch> spans = StoredRecords.spans(BATCHES);
  private int next;

  public TraceById() {
    spans.forEach(batch -> engine.spanSink().offer(Workspace.TENANT, batch).join());
    StoredRecords.flush(engine);
  }

  @Benchmark
  public SpanBatch trace() {
    SpanBatch asked = spans.get(next++ % BATCHES);
    try (QueryContext context = workspace.query()) {
      SpanBatch trace = engine.source().trace(asked.traceIdHigh(0), asked.traceIdLow(0), context);
      if (trace.rows() != SPANS_PER_TRACE) {
        throw new IllegalStateException("%d spans were found".formatted(trace.rows()));
      }
      return trace;
    }
  }

  @TearDown
  public void close() throws IOException {
    engine.close();
    workspace.close();
  }
}
