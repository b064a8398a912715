package io.ghostworks.bench.kernel;

import io.ghostworks.model.Acknowledgement;
import io.ghostworks.series.SeriesEngine;
import java.io.IOException;
import java.time.Duration;
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
 * Samples of known series admitted, made durable and visible, nanoseconds a sample; eight scrapes
 * of 2,000 series wait together.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SeriesAppend {

  private static final int SERIES = 2_000;
  private static final int SCRAPES = 8;

  private final Workspace workspace = Workspace.create();
  private final SeriesEngine engine = workspace.series();
  private final CounterSeries series = new CounterSeries(SERIES);
  private long timestampMs = workspace.clock().epochMs() - Duration.ofDays(20).toMillis();

  @Benchmark
  @OperationsPerInvocation(SERIES * SCRAPES)
  public int append() {
    CompletableFuture<?>[] answers = new CompletableFuture<?>[SCRAPES];
    for (int i = 0; i < SCRAPES; i++) {
      timestampMs += 1_000;
      CompletableFuture<Acknowledgement> answer =
          engine.offer(Workspace.TENANT, series.at(timestampMs));
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
