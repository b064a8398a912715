package io.ghostworks.bench.kernel;

import io.ghostworks.model.label.LabelSetTable;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.series.SeriesEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What a few services and their hosts expose: 500 series a target, of which counters by mode, code
 * and handler, classic histograms, gauges, and a rest that no dashboard asks for.
 */
final class DashboardSeries {
  static final int SERIES_PER_TARGET = 500;

  private static final String[] MODES = {
    "idle", "iowait", "irq", "nice", "softirq", "steal", "system", "user"
  };
  private static final String[] CODES = {"200", "404", "500"};
  private static final String[] BOUNDS = {
    "0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1", "2.5", "5", "10", "+Inf"
  };
  private static final String[] GAUGES = {
    "process_resident_memory_bytes",
    "go_goroutines",
    "node_memory_MemTotal_bytes",
    "node_memory_MemAvailable_bytes",
    "node_load1",
    "up"
  };
  private static final int HANDLERS = 10;

  private final int targets;
  private final LabelSetTable[] sets;
  private final List<Kind> kinds = new ArrayList<>();
  private final double[] values;
  private final Random random = new Random(42);

  private enum Kind {
    COUNTER,
    BUCKET,
    SECONDS,
    BYTES,
    CONSTANT
  }

  DashboardSeries(int targets) {
    this.targets = targets;
    this.sets = new LabelSetTable[targets];
    for (int target = 0; target < targets; target++) {
      sets[target] = new LabelSetTable();
      kinds.clear();
      labels(target);
    }
    this.values = new double[targets * SERIES_PER_TARGET];
  }

  /** The next sample of every series of one target. */
  SeriesBatch at(int target, long timestampMs) {
    SeriesBatch batch = new SeriesBatch("target-" + target, sets[target]);
    double bucket = 0;
    for (int i = 0; i < SERIES_PER_TARGET; i++) {
      int series = target * SERIES_PER_TARGET + i;
      switch (kinds.get(i)) {
        case COUNTER -> values[series] += random.nextInt(20);
        case BUCKET -> {
          bucket = i % BOUNDS.length == 0 ? random.nextInt(5) : bucket + random.nextInt(3);
          values[series] += bucket;
        }
        case SECONDS ->
            values[series] = Math.rint(values[series] * 100 + random.nextInt(1500)) / 100;
        case BYTES -> values[series] = 4096.0 * (100_000 + random.nextInt(20_000));
        case CONSTANT -> values[series] = 1;
      }
      batch.add(i, timestampMs, values[series]);
    }
    return batch;
  }

  /** Offers samples of every series, the first at a time. */
  void fill(SeriesEngine engine, long startMs, long stepMs, int samples) {
    for (int i = 0; i < samples; i++) {
      for (int target = 0; target < targets; target++) {
        engine.offer(Workspace.TENANT, at(target, startMs + i * stepMs)).join();
      }
    }
  }

  private void labels(int target) {
    for (int handler = 0; handler < HANDLERS; handler++) {
      for (String bound : BOUNDS) {
        add(
            Kind.BUCKET,
            target,
            "http_request_duration_seconds_bucket",
            "handler",
            "/api/v1/resource/" + handler,
            "le",
            bound);
      }
    }
    for (int cpu = 0; cpu < 8; cpu++) {
      for (String mode : MODES) {
        add(Kind.SECONDS, target, "node_cpu_seconds_total", "cpu", "" + cpu, "mode", mode);
      }
    }
    for (int handler = 0; handler < HANDLERS; handler++) {
      for (String code : CODES) {
        for (String method : new String[] {"GET", "POST"}) {
          add(
              Kind.COUNTER,
              target,
              "http_requests_total",
              "handler",
              "/api/v1/resource/" + handler,
              "code",
              code,
              "method",
              method);
        }
      }
    }
    for (String gauge : GAUGES) {
      Kind kind = gauge.equals("up") || gauge.endsWith("Total_bytes") ? Kind.CONSTANT : Kind.BYTES;
      add(kind, target, gauge);
    }
    while (kinds.size() < SERIES_PER_TARGET) {
      int number = kinds.size();
      Kind kind = number % 3 == 0 ? Kind.COUNTER : number % 3 == 1 ? Kind.BYTES : Kind.CONSTANT;
      add(kind, target, "app_rest_" + number / 8, "shard", "" + number % 8);
    }
  }

  private void add(Kind kind, int target, String name, String... more) {
    Labels.Builder labels =
        Labels.builder()
            .set("__name__", name)
            .set("job", "service-" + target % 5)
            .set("instance", "10.0.0." + target + ":9100")
            .set("cluster", "eu-central-1")
            .set("namespace", "production")
            .set("pod", "service-" + target % 5 + "-7c9f8d6b5-" + target);
    for (int i = 0; i < more.length; i += 2) {
      labels.set(more[i], more[i + 1]);
    }
    sets[target].add(labels.build());
    kinds.add(kind);
  }
}
