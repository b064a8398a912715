package io.ghostworks.bench.kernel;

import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.promql.eval.EngineOptions;
import io.ghostworks.promql.eval.PromqlEngine;
import io.ghostworks.promql.eval.QueryAnswer;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.series.SampleColumns;
import io.ghostworks.query.series.SeriesCursor;
import io.ghostworks.query.series.SeriesSelection;
import io.ghostworks.series.SeriesEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
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

/**
 * 1,000 counters with 240 samples each, read from memory and from a part, and asked by PromQL:
 * nanoseconds a sample.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SeriesScan {

  private static final int SERIES = 1_000;
  private static final int SAMPLES = 240;

  /** All samples in memory. */
  @State(Scope.Benchmark)
  public static class Head {
    private final Workspace workspace = Workspace.create();
    private final SeriesEngine engine = workspace.series();
    private final long endMs = workspace.clock().epochMs();
    private final long startMs = endMs - SAMPLES * CounterSeries.STEP_MS;

    public Head() {
      new CounterSeries(SERIES).fill(engine, startMs, SAMPLES);
    }

    @TearDown
    public void close() throws IOException {
      engine.close();
      workspace.close();
    }
  }

  /** All samples in a part. */
  @State(Scope.Benchmark)
  public static class Part {
    private final Head head = new Head();

    public Part() {
      try {
        head.engine.flush();
      } catch (IOException e) {
        throw new UncheckedIOException("the samples cannot be flushed", e);
      }
    }

    @TearDown
    public void close() throws IOException {
      head.close();
    }
  }

  @Benchmark
  @OperationsPerInvocation(SERIES * SAMPLES)
  public double scanHead(Head head) {
    return scan(head);
  }

  @Benchmark
  @OperationsPerInvocation(SERIES * SAMPLES)
  public double scanPart(Part part) {
    return scan(part.head);
  }

  /** {@code sum by (path) (rate(...[5m]))}, a step a minute: each sample is in five windows. */
  @Benchmark
  @OperationsPerInvocation(SERIES * SAMPLES)
  public QueryAnswer promqlSumOfRates(Part part) {
    Head head = part.head;
    try (QueryContext context = head.workspace.query()) {
      return PromqlEngine.range(
          "sum by (path) (rate(bench_requests_total[5m]))",
          head.startMs,
          head.endMs,
          60_000,
          context,
          head.engine,
          EngineOptions.DEFAULT);
    }
  }

  private static double scan(Head head) {
    SeriesSelection selection =
        new SeriesSelection(
            List.of(new LabelMatcher.Equal("__name__", "bench_requests_total")),
            head.startMs,
            head.endMs,
            0,
            0,
            "");
    double sum = 0;
    int count = 0;
    try (QueryContext context = head.workspace.query();
        SeriesCursor cursor = head.engine.select(selection, context)) {
      while (cursor.next()) {
        SampleColumns samples = cursor.samples();
        for (int i = 0; i < samples.size(); i++) {
          sum += samples.value(i);
        }
        count += samples.size();
      }
    }
    if (count != SERIES * SAMPLES) {
      throw new IllegalStateException("%d samples were read".formatted(count));
    }
    return sum;
  }
}
