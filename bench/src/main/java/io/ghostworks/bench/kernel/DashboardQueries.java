package io.ghostworks.bench.kernel;

import io.ghostworks.model.label.AnchoredRegex;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.promql.eval.EngineOptions;
import io.ghostworks.promql.eval.PromqlEngine;
import io.ghostworks.promql.eval.QueryAnswer;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryWorkers;
import io.ghostworks.query.series.SeriesScan;
import io.ghostworks.query.series.SeriesSelection;
import io.ghostworks.series.SeriesEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What dashboards ask of 10,000 series in 20 targets, one hour at 15 s, half of it in a part and
 * half in memory: microseconds a query, with as many helpers as {@code serve} has.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DashboardQueries {
  private static final int TARGETS = 20;
  private static final int SAMPLES = 260;
  private static final long STEP_MS = 15_000;
  private static final long RANGE_MS = 3_600_000;

  private final Workspace workspace = Workspace.create();
  private final SeriesEngine engine = workspace.series();
  private final QueryWorkers workers =
      new QueryWorkers(Runtime.getRuntime().availableProcessors() - 1);
  private final long endMs = workspace.clock().epochMs() / STEP_MS * STEP_MS;
  private long evaluations;

  /** A query, asked over a range. */
  @State(Scope.Benchmark)
  public static class Asked {
    @Param({
      "sum by (code) (rate(http_requests_total[5m]))",
      "histogram_quantile(0.95, sum by (le, handler)"
          + " (rate(http_request_duration_seconds_bucket[5m])))",
      "topk(5, sum by (instance) (rate(node_cpu_seconds_total{mode!=\"idle\"}[5m])))",
      "sum(rate(http_requests_total{code=\"500\"}[5m])) / sum(rate(http_requests_total[5m]))",
      "node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes",
      "max_over_time(process_resident_memory_bytes[10m])",
      "avg by (job) (avg_over_time(node_load1[5m]))",
      "histogram_quantile(0.95, http_request_duration_seconds_bucket)",
      "http_requests_total{code=\"500\"} / ignoring (code) http_requests_total{code=\"200\"}",
      "topk(10, http_requests_total)",
      "quantile by (code) (0.9, http_requests_total)"
    })
    public String query = "";
  }

  public DashboardQueries() {
    DashboardSeries series = new DashboardSeries(TARGETS);
    long startMs = endMs - (SAMPLES - 1) * STEP_MS;
    series.fill(engine, startMs, STEP_MS, SAMPLES / 2);
    try {
      engine.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("the samples cannot be flushed", e);
    }
    series.fill(engine, startMs + SAMPLES / 2 * STEP_MS, STEP_MS, SAMPLES - SAMPLES / 2);
  }

  @TearDown
  public void close() throws IOException {
    workers.close();
    engine.close();
    workspace.close();
  }

  @Benchmark
  public QueryAnswer range(Asked asked) {
    try (QueryContext context = workspace.query().withWorkers(workers)) {
      return PromqlEngine.range(
          asked.query, endMs - RANGE_MS, endMs, STEP_MS, context, engine, EngineOptions.DEFAULT);
    }
  }

  /** Series found by matchers that were asked before. */
  @Benchmark
  public int selectAgain() {
    return select("service-[0-3]");
  }

  /** Series found by matchers that nobody asked before: postings, labels and their order. */
  @Benchmark
  public int selectFirst() {
    return select("service-[0-3]|" + evaluations++);
  }

  private int select(String jobs) {
    SeriesSelection selection =
        new SeriesSelection(
            List.of(
                new LabelMatcher.Equal("__name__", "http_requests_total"),
                new LabelMatcher.Matches("job", AnchoredRegex.compile(jobs)),
                new LabelMatcher.NotEqual("code", "404")),
            endMs - RANGE_MS,
            endMs,
            0,
            0,
            "");
    try (QueryContext context = workspace.query();
        SeriesScan scan = engine.scan(selection, context)) {
      return scan.size();
    }
  }
}
