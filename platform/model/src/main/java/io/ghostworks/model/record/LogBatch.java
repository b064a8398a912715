package io.ghostworks.model.record;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.column.IntColumn;
import io.ghostworks.model.column.LongColumn;
import io.ghostworks.model.column.StringTable;
import io.ghostworks.model.label.LabelSetTable;

/**
 * Log records on their way to the records engine, as columns. Row i belongs to a resource, a scope
 * and a stream of the batch's tables. Slices are of {@link #arena()}. Filled by one thread, then
 * handed to a sink, which owns it.
 *
 * <p>The stream is the label set under which LogQL finds the record: what a Loki client pushed, or
 * what Loki's mapping makes of the resource's attributes.
 */
public final class LogBatch {

  /**
   * Bit of a row's flags: its trace context was found among its attributes or in its text. The
   * sender did not send it as such, so that what shows the record as it came leaves it out. Never
   * on the wire: OTLP reserves the bit.
   */
  public static final int CONTEXT_FOUND = 1 << 31;

  /**
   * Bit of a row's flags: its last attribute {@link DetectedLevel#NAME} was found at ingest. Never
   * on the wire.
   */
  public static final int LEVEL_FOUND = 1 << 30;

  /**
   * Bit of a row's flags: the sender gave no time but that of observation, which is the row's time
   * too. Never on the wire.
   */
  public static final int TIME_OBSERVED = 1 << 29;

  /** Bit of a row's flags: no level was to be looked for. Never on the wire. */
  public static final int NO_LEVEL = 1 << 28;

  /** The bits of flags that are no sender's. */
  public static final int OWN_FLAGS = CONTEXT_FOUND | LEVEL_FOUND | TIME_OBSERVED | NO_LEVEL;

  private final ByteArena arena = new ByteArena(4096);
  private final StringTable keys = new StringTable();
  private final ResourceTable resources = new ResourceTable(keys, arena);
  private final ScopeTable scopes = new ScopeTable(keys, arena);
  private final LabelSetTable streams = new LabelSetTable();
  private final IntColumn resource = new IntColumn();
  private final IntColumn scope = new IntColumn();
  private final IntColumn stream = new IntColumn();
  private final LongColumn timeNanos = new LongColumn();
  private final LongColumn observedNanos = new LongColumn();
  private final IntColumn severityNumber = new IntColumn();
  private final LongColumn severityText = new LongColumn();
  private final LongColumn eventName = new LongColumn();
  private final LongColumn traceIdHigh = new LongColumn();
  private final LongColumn traceIdLow = new LongColumn();
  private final LongColumn spanId = new LongColumn();
  private final IntColumn flags = new IntColumn();
  private final IntColumn droppedAttributes = new IntColumn();
  private final ValueColumn body = new ValueColumn(arena);
  private final AttributeColumns attributes = new AttributeColumns(keys, arena);

  /**
   * Adds a row; its body must have been added to {@link #body()} and its attributes to {@link
   * #attributes()} (not ended) before.
   *
   * @param timeNanos since the epoch, 0 if unknown
   * @param observedNanos since the epoch, 0 if unknown
   * @param severityNumber as in OTLP, 0 to 24
   * @param spanId 0 if there is none, as both halves of the trace id
   */
  public void endRow(
      int resourceNumber,
      int scopeNumber,
      int streamNumber,
      long timeNanos,
      long observedNanos,
      int severityNumber,
      long severityTextSlice,
      long eventNameSlice,
      long traceIdHigh,
      long traceIdLow,
      long spanId,
      int flags,
      int droppedAttributesCount) {
    attributes.endRow();
    resource.add(resourceNumber);
    scope.add(scopeNumber);
    stream.add(streamNumber);
    this.timeNanos.add(timeNanos);
    this.observedNanos.add(observedNanos);
    this.severityNumber.add(severityNumber);
    severityText.add(severityTextSlice);
    eventName.add(eventNameSlice);
    this.traceIdHigh.add(traceIdHigh);
    this.traceIdLow.add(traceIdLow);
    this.spanId.add(spanId);
    this.flags.add(flags);
    droppedAttributes.add(droppedAttributesCount);
  }

  /** Drops a body and attributes that were added since the last {@link #endRow}. */
  public void dropOpenRow() {
    attributes.dropOpenRow();
    body.truncate(rows());
  }

  public int rows() {
    return timeNanos.size();
  }

  public ByteArena arena() {
    return arena;
  }

  /** Attribute keys of resources, scopes and records. */
  public StringTable keys() {
    return keys;
  }

  public ResourceTable resources() {
    return resources;
  }

  public ScopeTable scopes() {
    return scopes;
  }

  public LabelSetTable streams() {
    return streams;
  }

  public ValueColumn body() {
    return body;
  }

  public AttributeColumns attributes() {
    return attributes;
  }

  public int resource(int row) {
    return resource.get(row);
  }

  public int scope(int row) {
    return scope.get(row);
  }

  public int stream(int row) {
    return stream.get(row);
  }

  /** Moves a row to another stream: for mappings that are worked out after decoding. */
  public void setStream(int row, int streamNumber) {
    stream.set(row, streamNumber);
  }

  public long timeNanos(int row) {
    return timeNanos.get(row);
  }

  public void setTimeNanos(int row, long nanos) {
    timeNanos.set(row, nanos);
  }

  /** Gives a row that has no time the time of its observation. */
  public void setTimeObserved(int row) {
    timeNanos.set(row, observedNanos.get(row));
    flags.set(row, flags.get(row) | TIME_OBSERVED);
  }

  public long observedNanos(int row) {
    return observedNanos.get(row);
  }

  public int severityNumber(int row) {
    return severityNumber.get(row);
  }

  public long severityText(int row) {
    return severityText.get(row);
  }

  public long eventName(int row) {
    return eventName.get(row);
  }

  public long traceIdHigh(int row) {
    return traceIdHigh.get(row);
  }

  public long traceIdLow(int row) {
    return traceIdLow.get(row);
  }

  public long spanId(int row) {
    return spanId.get(row);
  }

  /** Gives a row the trace context that was found in it. */
  public void setFoundContext(int row, long idHigh, long idLow, long span) {
    traceIdHigh.set(row, idHigh);
    traceIdLow.set(row, idLow);
    spanId.set(row, span);
    flags.set(row, flags.get(row) | CONTEXT_FOUND);
  }

  /**
   * Gives rows the level that was found for them.
   *
   * @param slices of the arena, by row; {@link ByteArena#EMPTY} for a row that gets none
   */
  public void addFoundLevels(long[] slices) {
    attributes.addToRows(keys.intern(DetectedLevel.NAME), slices);
    for (int row = 0; row < rows(); row++) {
      if (slices[row] != ByteArena.EMPTY) {
        flags.set(row, flags.get(row) | LEVEL_FOUND);
      }
    }
  }

  /** Says of all rows that no level was to be looked for. */
  public void setNoLevels() {
    for (int row = 0; row < rows(); row++) {
      flags.set(row, flags.get(row) | NO_LEVEL);
    }
  }

  /** As in OTLP, and {@link #OWN_FLAGS}. */
  public int flags(int row) {
    return flags.get(row);
  }

  public int droppedAttributesCount(int row) {
    return droppedAttributes.get(row);
  }
}
