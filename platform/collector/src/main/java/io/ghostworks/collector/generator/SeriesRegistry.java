package io.ghostworks.collector.generator;

import io.ghostworks.model.label.LabelSetTable;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.MetricMetadata;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.model.record.MetricBatch;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * All generated series of a tenant: bounded in number and memory, written as samples, ended when
 * they get nothing any more. Not thread-safe.
 */
final class SeriesRegistry {
  private static final String SENDER = "metrics generator";
  private static final long MINUTE_MS = TimeUnit.MINUTES.toMillis(1);
  private static final long BYTES_PER_ENTRY = 1_024;
  private static final long BYTES_PER_SERIES = 192;

  private final GeneratorSettings settings;
  private final MemoryBudget memory;
  private final RestoredSamples restored;
  private final PlatformMetrics.Counter limited;
  private final long createdMs;
  private final Bounds bounds;
  private final List<SeriesGroup> groups = new ArrayList<>();
  private final List<SeriesEntry> ending = new ArrayList<>();
  private LabelSetTable table = new LabelSetTable();
  private boolean tableStale = true;
  private int positionSet;
  private long activeSeries;
  private long heldBytes;

  /**
   * What holds besides the settings.
   *
   * @param groupMax label sets of one group; 0 for no bound
   * @param overflow labels of what found no room
   */
  record Bounds(int groupMax, Labels overflow) {
    /** Those of Tempo. */
    static final Bounds SERIES = new Bounds(0, Labels.of("metric_overflow", "true"));
  }

  SeriesRegistry(
      GeneratorSettings settings,
      MemoryBudget memory,
      RestoredSamples restored,
      PlatformMetrics.Counter limited,
      long createdMs,
      Bounds bounds) {
    this.settings = settings;
    this.memory = memory;
    this.restored = restored;
    this.limited = limited;
    this.createdMs = createdMs;
    this.bounds = bounds;
  }

  /** Those of the series of what found no room. */
  Labels overflowLabels() {
    return bounds.overflow();
  }

  SeriesGroup group(List<SeriesFamily> families, int seriesAtFirst) {
    SeriesGroup group = new SeriesGroup(this, families, seriesAtFirst);
    groups.add(group);
    return group;
  }

  String traceIdLabel() {
    return settings.traceIdLabelName();
  }

  /** The labels with the external ones and what is too long cut. */
  Labels withExternalLabels(Labels labels) {
    Labels.Builder builder = Labels.builder();
    labels.forEach((name, value) ->
        builder.set(cut(name, settings.labelNameMax()), cut(value, settings.labelValueMax())));
    settings.externalLabels().forEach(builder::set);
    return builder.build();
  }

  private static String cut(String text, int max) {
    if (max == 0 || text.length() <= max) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
    return text.substring(0, end);
  }

  /** Whether there is room for a label set; what it takes is kept until it ends. */
  boolean admit(SeriesGroup group, SeriesEntry entry, int series) {
    long bytes = BYTES_PER_ENTRY + entry.key.length + series * BYTES_PER_SERIES;
    boolean room =
        (bounds.groupMax() == 0 || group.size() < bounds.groupMax())
            && (settings.maxActiveSeries() == 0
                || activeSeries + series <= settings.maxActiveSeries())
            && leavesRoomForOthers(bytes)
            && memory.tryReserve(bytes);
    if (room) {
      heldBytes += bytes;
      entry.reservedBytes = bytes;
    } else {
      limited.add(series);
    }
    return room;
  }

  /** The last quarter of the memory is for tenants that hold less than a quarter of it. */
  private boolean leavesRoomForOthers(long bytes) {
    long quarter = memory.limitBytes() / 4;
    return heldBytes + bytes <= quarter || memory.usedBytes() + bytes <= 3 * quarter;
  }

  private void release(SeriesEntry entry) {
    memory.release(entry.reservedBytes);
    heldBytes -= entry.reservedBytes;
    entry.reservedBytes = 0;
  }

  /** Takes a new metric of a label set, which goes on where it stood before the process started. */
  GeneratedMetric added(SeriesEntry entry, GeneratedMetric metric) {
    metric.restore(entry.labels, restored);
    entry.series += metric.series();
    activeSeries += entry.reservedBytes > 0 ? metric.series() : 0;
    tableStale = true;
    return metric;
  }

  long activeSeries() {
    return activeSeries;
  }

  boolean isEmpty() {
    return ending.isEmpty() && groups.stream().allMatch(group -> group.size() == 0);
  }

  /** Ends series that got nothing since a time, or whose resource did not. */
  void expire(long updatedBeforeMs, long seenBeforeMs) {
    if (updatedBeforeMs > createdMs) {
      restored.clear();
    }
    groups.forEach(group ->
        group.removeOlder(
            updatedBeforeMs,
            seenBeforeMs,
            entry -> {
              ending.add(entry);
              activeSeries -= entry.reservedBytes > 0 ? entry.series : 0;
              release(entry);
              tableStale = true;
            }));
  }

  /**
   * Writes all series.
   *
   * @param position up to which spans are counted, written with them
   * @param waitingFrom the position of the oldest span that waits for its other side
   */
  SeriesBatch collect(long timeMs, long position, long waitingFrom) {
    if (tableStale) {
      rebuildTable();
    }
    SeriesBatch batch = new SeriesBatch(SENDER, table);
    long zeroMs = timeMs / MINUTE_MS * MINUTE_MS - 1_000;
    forEachMetric(metric -> metric.write(batch, timeMs, zeroMs));
    for (SeriesEntry entry : ending) {
      forEachMetric(entry, metric -> metric.writeStale(batch, timeMs));
    }
    groups.forEach(group -> group.families().forEach(family -> addMetadata(family, batch)));
    batch.add(positionSet, timeMs, position);
    batch.add(positionSet + 1, timeMs, waitingFrom);
    return batch;
  }

  /** Writes all series as OTLP points, resource by resource. */
  MetricBatch collectPoints(long timeMs, String scope) {
    long zeroMs = Math.min(timeMs - 1, Math.max(createdMs, timeMs - 1_000));
    PointBatch points = new PointBatch(scope, timeMs, zeroMs);
    for (SeriesGroup group : groups) {
      Map<Labels, List<SeriesEntry>> entries = new LinkedHashMap<>();
      group.forEach(entry -> of(entries, entry).add(entry));
      collectPoints(group, entries, points, (metric, entry) -> metric.write(points, entry.labels));
      entries.clear();
      ending.stream().filter(group::has).forEach(entry -> of(entries, entry).add(entry));
      collectPoints(
          group, entries, points, (metric, entry) -> metric.writeEnd(points, entry.labels));
    }
    return points.batch();
  }

  private static List<SeriesEntry> of(Map<Labels, List<SeriesEntry>> entries, SeriesEntry entry) {
    return entries.computeIfAbsent(entry.sender.attributes, attributes -> new ArrayList<>());
  }

  private static void collectPoints(
      SeriesGroup group,
      Map<Labels, List<SeriesEntry>> entries,
      PointBatch points,
      BiConsumer<GeneratedMetric, SeriesEntry> write) {
    entries.forEach((resource, ofResource) -> {
      for (int i = 0; i < group.families().size(); i++) {
        boolean entered = false;
        for (SeriesEntry entry : ofResource) {
          GeneratedMetric metric = entry.metrics[i];
          if (metric != null && !entered) {
            points.enter(group.families().get(i), resource);
            entered = true;
          }
          if (metric != null) {
            write.accept(metric, entry);
          }
        }
      }
    });
  }

  private static void addMetadata(SeriesFamily family, SeriesBatch batch) {
    batch.addMetadata(family.name(), new MetricMetadata(family.type(), family.help(), ""));
  }

  /** What {@link #collect} wrote last is acknowledged. */
  void written() {
    forEachMetric(GeneratedMetric::setWritten);
    if (!ending.isEmpty()) {
      ending.clear();
      tableStale = true;
    }
  }

  void close() {
    groups.forEach(group -> group.forEach(this::release));
  }

  private void rebuildTable() {
    LabelSetTable anew = new LabelSetTable();
    groups.forEach(group ->
        group.forEach(entry -> forEachMetric(entry, metric -> metric.addSets(entry.labels, anew))));
    for (SeriesEntry entry : ending) {
      forEachMetric(entry, metric -> metric.addSets(entry.labels, anew));
    }
    positionSet = anew.add(GeneratorPosition.READ_LABELS);
    anew.add(GeneratorPosition.WAITING_LABELS);
    table = anew;
    tableStale = false;
  }

  private void forEachMetric(Consumer<GeneratedMetric> action) {
    groups.forEach(group -> group.forEach(entry -> forEachMetric(entry, action)));
  }

  private static void forEachMetric(SeriesEntry entry, Consumer<GeneratedMetric> action) {
    for (GeneratedMetric metric : entry.metrics) {
      if (metric != null) {
        action.accept(metric);
      }
    }
  }
}
