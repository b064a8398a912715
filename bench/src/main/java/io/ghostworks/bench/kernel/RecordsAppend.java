package io.ghostworks.bench.kernel;

import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.records.RecordsEngine;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Log records admitted, made durable and visible, nanoseconds a record; sixteen requests of 500
 * wait together. The flushes that this causes run beside it and are waited for where memory is
 * full.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RecordsAppend {

  private static final int REQUESTS = 16;

  private final Workspace workspace = Workspace.create();
  private final RecordsEngine engine = workspace.records();
  private final List<LogBatch> logs = StoredRecords.logs(REQUESTS);

  @Benchmark
  @OperationsPerInvocation(REQUESTS * StoredRecords.ROWS)
  public int logs() {
    CompletableFuture<?>[] answers = new CompletableFuture<?>[REQUESTS];
    for (int i = 0; i < REQUESTS; i++) {
      CompletableFuture<Acknowledgement> answer =
          engine.logSink().offer(Workspace.TENANT, logs.get(i));
      if (answer.isCompletedExceptionally()) {
        StoredRecords.flush(engine);
        answer = engine.logSink().offer(Workspace.TENANT, logs.get(i));
      }
      answers[i] = answer;
    }
    CompletableFuture.allOf(answers).join();
    return answers.length;
  }

  @TearDown
  public void close() throws IOException {
    engine.close();
    workspace.close();
  }
}
