package io.ghostworks.bench.kernel;

import io.ghostworks.model.label.LabelSetTable;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.series.SeriesEngine;
import java.util.Random;

/** Counters of one metric with six labels, one sample each at a time. */
final class CounterSeries {

  static final long STEP_MS = 15_000;

  private final LabelSetTable sets = new LabelSetTable();
  private final Random random = new Random(42);
  private final long[] values;

  CounterSeries(int series) {
    values = new long[series];
    for (int i = 0; i < series; i++) {
      sets.add(
          Labels.of(
              "__name__",
              "bench_requests_total",
              "instance",
              "host-" + i % 100 + ":9100",
              "job",
              "bench",
              "method",
              i % 2 == 0 ? "GET" : "POST",
              "path",
              "/api/v1/resource/" + i / 100,
              "status",
              "200"));
    }
  }

  /** The next sample of every series. */
  SeriesBatch at(long timestampMs) {
    SeriesBatch batch = new SeriesBatch("bench", sets);
    for (int i = 0; i < values.length; i++) {
      values[i] += random.nextInt(50);
      batch.add(i, timestampMs, values[i]);
    }
    return batch;
  }

  /** Offers so many samples of every series, the first at a time. */
  void fill(SeriesEngine engine, long startMs, int samples) {
    for (int i = 0; i < samples; i++) {
      engine.offer(Workspace.TENANT, at(startMs + i * STEP_MS)).join();
    }
  }
}
