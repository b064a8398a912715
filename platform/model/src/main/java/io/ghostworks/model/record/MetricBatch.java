package io.ghostworks.model.record;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.column.ByteColumn;
import io.ghostworks.model.column.IntColumn;
import io.ghostworks.model.column.LongColumn;
import io.ghostworks.model.column.StringTable;

/**
 * Metrics as OTLP carries them, as columns: point i belongs to a metric of {@link #metrics()},
 * which belongs to a resource and a scope. Histograms, exponential histograms and summaries keep
 * their buckets in {@link #distributions()}. Slices are of {@link #arena()}. Filled by one thread,
 * then handed on.
 */
public final class MetricBatch {

  /** The point has no value ({@code NO_RECORDED_VALUE_MASK} of the flags, or none was sent). */
  public static final byte NO_VALUE = 0;

  /** {@link #value} is a signed 64-bit integer. */
  public static final byte INT_VALUE = 1;

  /** {@link #value} holds the bits of a double. */
  public static final byte DOUBLE_VALUE = 2;

  /** {@link #value} is the number of the point's row in {@link #distributions()}. */
  public static final byte DISTRIBUTION = 3;

  private static final int NO_RECORDED_VALUE_MASK = 1;

  private final ByteArena arena = new ByteArena(4096);
  private final StringTable keys = new StringTable();
  private final ResourceTable resources = new ResourceTable(keys, arena);
  private final ScopeTable scopes = new ScopeTable(keys, arena);
  private final MetricTable metrics = new MetricTable(keys, arena);
  private final IntColumn metric = new IntColumn();
  private final LongColumn startNanos = new LongColumn();
  private final LongColumn timeNanos = new LongColumn();
  private final IntColumn flags = new IntColumn();
  private final ByteColumn valueKind = new ByteColumn();
  private final LongColumn value = new LongColumn();
  private final IntColumn exemplarEnds = new IntColumn();
  private final AttributeColumns attributes = new AttributeColumns(keys, arena);
  private final Distributions distributions = new Distributions();
  private final MetricExemplars exemplars = new MetricExemplars(keys, arena);

  /**
   * Adds a point; its attributes (not ended) and exemplars must have been added before, and its
   * distribution where it has one.
   *
   * @param startNanos since the epoch, 0 if unknown
   */
  public void endPoint(
      int metricNumber, long startNanos, long timeNanos, int flags, byte valueKind, long value) {
    attributes.endRow();
    metric.add(metricNumber);
    this.startNanos.add(startNanos);
    this.timeNanos.add(timeNanos);
    this.flags.add(flags);
    this.valueKind.add(valueKind);
    this.value.add(value);
    exemplarEnds.add(exemplars.size());
  }

  /** Drops attributes and exemplars that were added since the last {@link #endPoint}. */
  public void dropOpenPoint() {
    attributes.dropOpenRow();
    exemplars.truncate(points() == 0 ? 0 : exemplarEnds.get(points() - 1));
  }

  /** The number of points. */
  public int points() {
    return timeNanos.size();
  }

  public ByteArena arena() {
    return arena;
  }

  /** Attribute keys of resources, scopes, metrics, points and exemplars. */
  public StringTable keys() {
    return keys;
  }

  public ResourceTable resources() {
    return resources;
  }

  public ScopeTable scopes() {
    return scopes;
  }

  public MetricTable metrics() {
    return metrics;
  }

  /** One row a point. */
  public AttributeColumns attributes() {
    return attributes;
  }

  public Distributions distributions() {
    return distributions;
  }

  public MetricExemplars exemplars() {
    return exemplars;
  }

  /** The row of {@link #metrics()} that a point belongs to. */
  public int metric(int point) {
    return metric.get(point);
  }

  public long startNanos(int point) {
    return startNanos.get(point);
  }

  public long timeNanos(int point) {
    return timeNanos.get(point);
  }

  public int flags(int point) {
    return flags.get(point);
  }

  /** Whether the point says that its series has ended. */
  public boolean noRecordedValue(int point) {
    return (flags.get(point) & NO_RECORDED_VALUE_MASK) != 0;
  }

  public byte valueKind(int point) {
    return valueKind.get(point);
  }

  /** The integer, the bits of the double, or the distribution's number, by {@link #valueKind}. */
  public long value(int point) {
    return value.get(point);
  }

  /** The first exemplar of a point. */
  public int exemplarStart(int point) {
    return point == 0 ? 0 : exemplarEnds.get(point - 1);
  }

  /** One past the last exemplar of a point. */
  public int exemplarEnd(int point) {
    return exemplarEnds.get(point);
  }
}
