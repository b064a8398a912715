package io.ghostworks.model.record;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.column.ByteColumn;
import io.ghostworks.model.column.LongColumn;
import io.ghostworks.model.column.StringTable;

/**
 * The exemplars of all points of a batch, with the attributes that were filtered from the point.
 */
public final class MetricExemplars {
  private final LongColumn timeNanos = new LongColumn();
  private final ByteColumn valueKind = new ByteColumn();
  private final LongColumn value = new LongColumn();
  private final LongColumn traceIdHigh = new LongColumn();
  private final LongColumn traceIdLow = new LongColumn();
  private final LongColumn spanId = new LongColumn();
  private final AttributeColumns attributes;

  MetricExemplars(StringTable keys, ByteArena arena) {
    attributes = new AttributeColumns(keys, arena);
  }

  /**
   * Adds an exemplar; its attributes must have been added before.
   *
   * @param valueKind {@link MetricBatch#INT_VALUE}, {@link MetricBatch#DOUBLE_VALUE} or {@link
   *     MetricBatch#NO_VALUE}
   * @param spanId 0 if there is none, as both halves of the trace id
   */
  public void end(
      long timeNanos, byte valueKind, long value, long traceIdHigh, long traceIdLow, long spanId) {
    attributes.endRow();
    this.timeNanos.add(timeNanos);
    this.valueKind.add(valueKind);
    this.value.add(value);
    this.traceIdHigh.add(traceIdHigh);
    this.traceIdLow.add(traceIdLow);
    this.spanId.add(spanId);
  }

  public int size() {
    return timeNanos.size();
  }

  public long timeNanos(int exemplar) {
    return timeNanos.get(exemplar);
  }

  public byte valueKind(int exemplar) {
    return valueKind.get(exemplar);
  }

  public long value(int exemplar) {
    return value.get(exemplar);
  }

  public long traceIdHigh(int exemplar) {
    return traceIdHigh.get(exemplar);
  }

  public long traceIdLow(int exemplar) {
    return traceIdLow.get(exemplar);
  }

  public long spanId(int exemplar) {
    return spanId.get(exemplar);
  }

  /** One row an exemplar. */
  public AttributeColumns attributes() {
    return attributes;
  }

  void truncate(int newSize) {
    attributes.dropOpenRow();
    while (attributes.rows() > newSize) {
      attributes.dropLastRow();
    }
    timeNanos.truncate(newSize);
    valueKind.truncate(newSize);
    value.truncate(newSize);
    traceIdHigh.truncate(newSize);
    traceIdLow.truncate(newSize);
    spanId.truncate(newSize);
  }
}
