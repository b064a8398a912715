package io.ghostworks.bench.kernel;

import io.ghostworks.model.record.LogBatch;
import io.ghostworks.records.RecordsEngine;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Log records in memory sorted and written into a durable part, nanoseconds a record. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RecordsFlush {

  private static final int BATCHES = 100;

  private final Workspace workspace = Workspace.create();
  private final RecordsEngine engine = workspace.records();
  private final List<LogBatch> logs = StoredRecords.logs(BATCHES);

  @Setup(Level.Invocation)
  public void fill() {
    StoredRecords.offer(engine, logs);
  }

  @Benchmark
  @OperationsPerInvocation(BATCHES * StoredRecords.ROWS)
  public void logs() throws IOException {
    engine.flush();
  }

  @TearDown
  public void close() throws IOException {
    engine.close();
    workspace.close();
  }
}
