package io.ghostworks.series;

import io.ghostworks.model.TenantId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many series of each metric are active, and how many began and ended in each of the last
 * hours. A series begins with its first sample, or the first after it had ended; it ends when no
 * sample came for an hour. Metrics are counted one by one up to a number; those beyond are counted
 * together for their tenant. For the holder of the admission lock.
 */
final class MetricActivity {
  /** Hours that are told, the current one included. */
  static final int HOURS = 6;

  private static final long HOUR_MS = 3_600_000;

  private final int metricsMax;
  private final Map<TenantId, Map<String, Counts>> byTenant = new HashMap<>();
  private final Map<TenantId, Counts> others = new HashMap<>();
  private int metrics;
  private long prunedHour;

  /**
   * @param metricsMax of all tenants together
   */
  MetricActivity(int metricsMax) {
    this.metricsMax = metricsMax;
  }

  void began(TenantId tenant, String metric, long nowMs) {
    Counts counts = counts(tenant, metric, nowMs);
    counts.at(hour(nowMs));
    counts.active++;
    counts.began[slot(nowMs)]++;
  }

  /** Counts a series that was active before a restart. */
  void restored(TenantId tenant, String metric, long nowMs) {
    Counts counts = counts(tenant, metric, nowMs);
    counts.at(hour(nowMs));
    counts.active++;
  }

  void ended(TenantId tenant, String metric, long nowMs) {
    Counts known = byTenant.getOrDefault(tenant, Map.of()).get(metric);
    Counts counts = known == null ? others.get(tenant) : known;
    if (counts != null) {
      counts.at(hour(nowMs));
      counts.active--;
      counts.ended[slot(nowMs)]++;
    }
  }

  /** How many active series a metric has, or -1 if it is not counted by itself. */
  int active(TenantId tenant, String metric) {
    Counts counts = byTenant.getOrDefault(tenant, Map.of()).get(metric);
    if (counts != null) {
      return counts.active;
    }
    return others.containsKey(tenant) ? -1 : 0;
  }

  /** The metrics of a tenant with the most series begun and ended. */
  SeriesChurn churn(TenantId tenant, int limit, long nowMs) {
    List<SeriesChurn.Metric> all = new ArrayList<>();
    byTenant
        .getOrDefault(tenant, Map.of())
        .forEach((metric, counts) -> all.add(counts.told(metric, nowMs)));
    all.sort(
        Comparator.comparingLong(SeriesChurn.Metric::changes)
            .thenComparingLong(SeriesChurn.Metric::active)
            .reversed()
            .thenComparing(SeriesChurn.Metric::name));
    List<Long> hours = new ArrayList<>();
    for (int i = 0; i < HOURS; i++) {
      hours.add((hour(nowMs) - i) * HOUR_MS);
    }
    Counts beyond = others.get(tenant);
    return new SeriesChurn(
        hours,
        all.subList(0, Math.min(limit, all.size())),
        beyond == null ? null : beyond.told("", nowMs));
  }

  private Counts counts(TenantId tenant, String metric, long nowMs) {
    prune(nowMs);
    Map<String, Counts> ofTenant = byTenant.computeIfAbsent(tenant, t -> new HashMap<>());
    Counts known = ofTenant.get(metric);
    if (known != null) {
      return known;
    }
    if (metrics >= metricsMax) {
      return others.computeIfAbsent(tenant, t -> new Counts());
    }
    metrics++;
    Counts added = new Counts();
    ofTenant.put(metric, added);
    return added;
  }

  /** Forgets, once an hour, metrics without series and without changes that are told. */
  private void prune(long nowMs) {
    long hour = hour(nowMs);
    if (hour == prunedHour) {
      return;
    }
    prunedHour = hour;
    byTenant
        .values()
        .removeIf(ofTenant -> {
          int before = ofTenant.size();
          ofTenant.values().removeIf(counts -> counts.isForgotten(hour));
          metrics -= before - ofTenant.size();
          return ofTenant.isEmpty();
        });
  }

  private static long hour(long epochMs) {
    return Math.floorDiv(epochMs, HOUR_MS);
  }

  private static int slot(long epochMs) {
    return Math.floorMod(hour(epochMs), HOURS);
  }

  private static final class Counts {
    private final int[] began = new int[HOURS];
    private final int[] ended = new int[HOURS];
    private int active;
    private long hour = Long.MIN_VALUE;

    /** Goes to an hour; the slots of hours in between become empty. */
    private void at(long now) {
      for (long next = Math.max(hour + 1, now - HOURS + 1); next <= now; next++) {
        began[Math.floorMod(next, HOURS)] = 0;
        ended[Math.floorMod(next, HOURS)] = 0;
      }
      hour = Math.max(hour, now);
    }

    private boolean isForgotten(long now) {
      return active <= 0 && now - hour >= HOURS;
    }

    private SeriesChurn.Metric told(String metric, long nowMs) {
      at(hour(nowMs));
      List<Integer> beganByHour = new ArrayList<>();
      List<Integer> endedByHour = new ArrayList<>();
      for (int i = 0; i < HOURS; i++) {
        int slot = Math.floorMod(hour(nowMs) - i, HOURS);
        beganByHour.add(began[slot]);
        endedByHour.add(ended[slot]);
      }
      return new SeriesChurn.Metric(metric, active, beganByHour, endedByHour);
    }
  }
}
