package io.ghostworks.model.record;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.column.ByteColumn;
import io.ghostworks.model.column.IntColumn;
import io.ghostworks.model.column.LongColumn;
import io.ghostworks.model.column.StringTable;

/**
 * The metrics of a batch, numbered from 0 as they came: what OTLP's {@code Metric} says of all its
 * points.
 */
public final class MetricTable {

  /** The kinds of data, with the field number that each has in OTLP's {@code Metric}. */
  public enum Kind {
    GAUGE(5),
    SUM(7),
    HISTOGRAM(9),
    EXPONENTIAL_HISTOGRAM(10),
    SUMMARY(11);

    private final int field;

    Kind(int field) {
      this.field = field;
    }

    public int field() {
      return field;
    }

    private static Kind ofField(int field) {
      for (Kind kind : KINDS) {
        if (kind.field == field) {
          return kind;
        }
      }
      throw new IllegalArgumentException("no kind of metric has the field number " + field);
    }
  }

  /** OTLP's {@code AGGREGATION_TEMPORALITY_UNSPECIFIED}; also of gauges and summaries. */
  public static final int UNSPECIFIED = 0;

  /** OTLP's {@code AGGREGATION_TEMPORALITY_DELTA}. */
  public static final int DELTA = 1;

  /** OTLP's {@code AGGREGATION_TEMPORALITY_CUMULATIVE}. */
  public static final int CUMULATIVE = 2;

  private static final Kind[] KINDS = Kind.values();

  private final AttributeColumns metadata;
  private final IntColumn resources = new IntColumn();
  private final IntColumn scopes = new IntColumn();
  private final LongColumn names = new LongColumn();
  private final LongColumn descriptions = new LongColumn();
  private final LongColumn units = new LongColumn();
  private final ByteColumn kinds = new ByteColumn();
  private final ByteColumn temporalities = new ByteColumn();
  private final ByteColumn monotonic = new ByteColumn();

  MetricTable(StringTable keys, ByteArena arena) {
    metadata = new AttributeColumns(keys, arena);
  }

  /** Ends the metric whose metadata were added, and returns its number. */
  public int end(
      int resource,
      int scope,
      long nameSlice,
      long descriptionSlice,
      long unitSlice,
      Kind kind,
      int temporality,
      boolean isMonotonic) {
    metadata.endRow();
    resources.add(resource);
    scopes.add(scope);
    names.add(nameSlice);
    descriptions.add(descriptionSlice);
    units.add(unitSlice);
    kinds.add((byte) kind.field());
    temporalities.add((byte) temporality);
    monotonic.add((byte) (isMonotonic ? 1 : 0));
    return metadata.rows() - 1;
  }

  public int size() {
    return names.size();
  }

  /** One row a metric. */
  public AttributeColumns metadata() {
    return metadata;
  }

  public int resource(int metric) {
    return resources.get(metric);
  }

  public int scope(int metric) {
    return scopes.get(metric);
  }

  public long name(int metric) {
    return names.get(metric);
  }

  public long description(int metric) {
    return descriptions.get(metric);
  }

  public long unit(int metric) {
    return units.get(metric);
  }

  public Kind kind(int metric) {
    return Kind.ofField(kinds.get(metric));
  }

  public int temporality(int metric) {
    return temporalities.get(metric);
  }

  public boolean isMonotonic(int metric) {
    return monotonic.get(metric) != 0;
  }
}
