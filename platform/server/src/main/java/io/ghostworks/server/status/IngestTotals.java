package io.ghostworks.server.status;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.MetricType;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Accepted and refused rows by signal, from the platform's own counters, with the mean rate of the
 * last minute. Thread-safe.
 */
public final class IngestTotals {

  private static final String ACCEPTED = "ghostworks_ingest_rows_total";
  private static final String REJECTED = "ghostworks_rejected_rows_total";
  private static final long WINDOW_NANOS = 60_000_000_000L;
  private static final List<String> SIGNALS = List.of("metrics", "logs", "traces");

  private final PlatformMetrics metrics;
  private final Clock clock;
  private final Deque<Reading> readings = new ArrayDeque<>();

  private record Reading(long nanos, Map<String, Long> accepted) {}

  public IngestTotals(PlatformMetrics metrics, Clock clock) {
    this.metrics = metrics;
    this.clock = clock;
    readings.add(new Reading(clock.monotonicNanos(), Map.of()));
  }

  /**
   * Reads the counters; to be called every few seconds, so that the rate is that of the last
   * minute.
   */
  public synchronized void read() {
    readings.addLast(new Reading(clock.monotonicNanos(), sums().accepted()));
    while (readings.size() > 2
        && readings.getLast().nanos() - readings.getFirst().nanos() > WINDOW_NANOS) {
      readings.removeFirst();
    }
  }

  /** One entry a signal. */
  public synchronized List<PlatformStatus.SignalIngest> totals() {
    Sums now = sums();
    Reading before = readings.getFirst();
    double seconds = Math.max(1e-3, (clock.monotonicNanos() - before.nanos()) / 1e9);
    List<PlatformStatus.SignalIngest> totals = new ArrayList<>();
    for (String signal : SIGNALS) {
      long accepted = now.accepted().getOrDefault(signal, 0L);
      List<PlatformStatus.RejectedItems> rejected = new ArrayList<>();
      now.rejected()
          .getOrDefault(signal, Map.of())
          .forEach(
              (reason, items) -> rejected.add(new PlatformStatus.RejectedItems(reason, items)));
      totals.add(
          new PlatformStatus.SignalIngest(
              signal,
              accepted,
              (accepted - before.accepted().getOrDefault(signal, 0L)) / seconds,
              rejected));
    }
    return totals;
  }

  private record Sums(Map<String, Long> accepted, Map<String, Map<String, Long>> rejected) {}

  private Sums sums() {
    Map<String, Long> accepted = new HashMap<>();
    Map<String, Map<String, Long>> rejected = new HashMap<>();
    metrics.read(
        new PlatformMetrics.Reader() {
          @Override
          public void family(String name, String help, MetricType type) {}

          @Override
          public void sample(String name, Labels labels, double value) {
            if (name.equals(ACCEPTED)) {
              accepted.merge(labels.get("signal"), (long) value, Long::sum);
            } else if (name.equals(REJECTED) && value > 0) {
              rejected
                  .computeIfAbsent(labels.get("signal"), signal -> new TreeMap<>())
                  .merge(labels.get("reason"), (long) value, Long::sum);
            }
          }
        });
    return new Sums(accepted, rejected);
  }
}
