package io.ghostworks.server.status;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.promql.eval.EngineOptions;
import io.ghostworks.promql.eval.PromqlEngine;
import io.ghostworks.promql.eval.QueryResult;
import io.ghostworks.promql.eval.SeriesPoints;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.ColumnBatch;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.RecordCursor;
import io.ghostworks.query.record.RecordScan;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.Signal;
import io.ghostworks.query.series.SeriesSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * When services began to run another version, from what they say about themselves: {@code
 * service_version} of {@code target_info}, and where no metrics say it, {@code service.version} of
 * the newest spans. A range is looked at in at most a thousand steps, so that the cost does not
 * grow with it; a change is told with the time of the first step that has the new version.
 */
public final class ServiceChanges {

  /** Changes of one answer. */
  public static final int CHANGES_MAX = 1_000;

  private static final String METRIC =
      "count by (job, service_name, service_namespace, service_version, deployment_environment,"
          + " deployment_environment_name) (target_info{service_version!=\"\"})";
  private static final int STEPS = 1_000;
  private static final long STEP_MIN_MS = 15_000;
  private static final int SPANS_MAX = 500_000;
  private static final long NANOS_PER_MS = 1_000_000;
  private static final List<Field> COLUMNS =
      List.of(Field.SERVICE_NAME, Field.TIME, new Field(Field.Scope.RESOURCE, "service.version"));

  /** A version that pauses for less has run on. */
  private static final long PAUSE_MS = 300_000;

  private final SeriesSource series;
  private final RecordSource records;
  private final EngineOptions options;

  public ServiceChanges(SeriesSource series, RecordSource records, EngineOptions options) {
    this.series = series;
    this.records = records;
    this.options = options;
  }

  /**
   * A service runs another version.
   *
   * @param environment "" if it does not say
   * @param from the version before
   * @param timeMs since the epoch
   */
  public record Change(String service, String environment, String from, String to, long timeMs) {}

  /** A service in one environment. */
  private record Service(String name, String environment) implements Comparable<Service> {
    @Override
    public int compareTo(Service other) {
      return Comparator.comparing(Service::name)
          .thenComparing(Service::environment)
          .compare(this, other);
    }
  }

  /** A version from when it began to when it ended. */
  private record Run(String version, long startMs) {}

  /** The changes of a range, the newest first. */
  public List<Change> find(QueryContext context, long fromMs, long toMs) {
    long step = Math.max(STEP_MIN_MS, (toMs - fromMs) / STEPS);
    Map<Service, Map<String, SortedSet<Long>>> seen = ofMetrics(context, fromMs, toMs, step);
    if (seen.isEmpty()) {
      seen = ofSpans(context, fromMs, toMs, step);
    }
    List<Change> changes = new ArrayList<>();
    seen.forEach((service, versions) -> {
      List<Run> runs = new ArrayList<>();
      versions.forEach((version, times) -> runs(version, times, step, runs));
      runs.sort(Comparator.comparingLong(Run::startMs).thenComparing(Run::version));
      changes(service, runs, changes);
    });
    changes.sort(
        Comparator.comparingLong(Change::timeMs).reversed().thenComparing(Change::service));
    return List.copyOf(changes.subList(0, Math.min(CHANGES_MAX, changes.size())));
  }

  private static void runs(String version, SortedSet<Long> times, long step, List<Run> runs) {
    long last = Long.MIN_VALUE;
    for (long time : times) {
      if (last == Long.MIN_VALUE || time - last > Math.max(PAUSE_MS, 2 * step)) {
        runs.add(new Run(version, time));
      }
      last = time;
    }
  }

  private static void changes(Service service, List<Run> runs, List<Change> changes) {
    for (int i = 1; i < runs.size(); i++) {
      Run before = runs.get(i - 1);
      Run now = runs.get(i);
      if (now.startMs > before.startMs && !now.version.equals(before.version)) {
        changes.add(
            new Change(
                service.name, service.environment, before.version, now.version, now.startMs));
      }
    }
  }

  private static void see(
      Map<Service, Map<String, SortedSet<Long>>> seen,
      Service service,
      String version,
      long timeMs) {
    var _ =
        seen.computeIfAbsent(service, s -> new TreeMap<>())
            .computeIfAbsent(version, v -> new TreeSet<>())
            .add(timeMs);
  }

  private Map<Service, Map<String, SortedSet<Long>>> ofMetrics(
      QueryContext context, long fromMs, long toMs, long step) {
    Map<Service, Map<String, SortedSet<Long>>> seen = new TreeMap<>();
    long start = Math.floorDiv(fromMs + step - 1, step) * step;
    if (PromqlEngine.range(METRIC, start, toMs, step, context, series, options).result()
        instanceof QueryResult.Matrix matrix) {
      for (SeriesPoints points : matrix.series()) {
        context.check();
        Labels labels = points.labels();
        Service service = new Service(name(labels), environment(labels));
        for (int i = 0; i < points.size(); i++) {
          see(seen, service, labels.get("service_version"), points.timestampMs(i));
        }
      }
    }
    return seen;
  }

  private static String name(Labels labels) {
    String name = labels.get("service_name");
    return name.isEmpty() ? labels.get("job") : name;
  }

  private static String environment(Labels labels) {
    String environment = labels.get("deployment_environment_name");
    return environment.isEmpty() ? labels.get("deployment_environment") : environment;
  }

  private Map<Service, Map<String, SortedSet<Long>>> ofSpans(
      QueryContext context, long fromMs, long toMs, long step) {
    Map<Service, Map<String, SortedSet<Long>>> seen = new TreeMap<>();
    RecordScan scan =
        new RecordScan(
            Signal.SPANS,
            fromMs * NANOS_PER_MS,
            toMs * NANOS_PER_MS,
            Filter.ALL,
            COLUMNS,
            RecordScan.Order.NEWEST_FIRST,
            SPANS_MAX);
    try (RecordCursor cursor = records.scan(scan, context)) {
      for (ColumnBatch batch = cursor.next(); batch != null; batch = cursor.next()) {
        context.check();
        long[] starts = batch.longs(1).values();
        ValueColumn versions = batch.values(2).values();
        for (int row = 0; row < batch.rows(); row++) {
          if (versions.type(row) == ValueColumn.STRING) {
            see(
                seen,
                new Service(batch.bytes(0).text(row), ""),
                versions.string(row),
                starts[row] / NANOS_PER_MS / step * step);
          }
        }
      }
    }
    return seen;
  }
}
