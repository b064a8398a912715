package io.ghostworks.model.record;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.column.ByteColumn;
import io.ghostworks.model.column.IntColumn;
import io.ghostworks.model.column.LongColumn;
import io.ghostworks.model.column.StringTable;

/**
 * Spans on their way to the records engine, as columns. Row i belongs to a resource and a scope of
 * the batch's tables; its events and links are consecutive rows of {@link #events()} and {@link
 * #links()}. Slices are of {@link #arena()}. Filled by one thread, then handed to a sink, which
 * owns it.
 */
public final class SpanBatch {

  private final ByteArena arena = new ByteArena(4096);
  private final StringTable keys = new StringTable();
  private final ResourceTable resources = new ResourceTable(keys, arena);
  private final ScopeTable scopes = new ScopeTable(keys, arena);
  private final IntColumn resource = new IntColumn();
  private final IntColumn scope = new IntColumn();
  private final LongColumn traceIdHigh = new LongColumn();
  private final LongColumn traceIdLow = new LongColumn();
  private final LongColumn spanId = new LongColumn();
  private final LongColumn parentSpanId = new LongColumn();
  private final LongColumn traceState = new LongColumn();
  private final IntColumn flags = new IntColumn();
  private final LongColumn name = new LongColumn();
  private final ByteColumn kind = new ByteColumn();
  private final LongColumn startNanos = new LongColumn();
  private final LongColumn endNanos = new LongColumn();
  private final ByteColumn statusCode = new ByteColumn();
  private final LongColumn statusMessage = new LongColumn();
  private final IntColumn droppedAttributes = new IntColumn();
  private final IntColumn droppedEvents = new IntColumn();
  private final IntColumn droppedLinks = new IntColumn();
  private final IntColumn eventEnds = new IntColumn();
  private final IntColumn linkEnds = new IntColumn();
  private final AttributeColumns attributes = new AttributeColumns(keys, arena);
  private final Events events = new Events(keys, arena);
  private final Links links = new Links(keys, arena);

  /**
   * Adds a row; its attributes (not ended), events and links must have been added before.
   *
   * @param parentSpanId 0 for a root
   * @param kind as in OTLP, 0 to 5
   * @param statusCode as in OTLP: 0 unset, 1 ok, 2 error
   */
  public void endRow(
      int resourceNumber,
      int scopeNumber,
      long traceIdHigh,
      long traceIdLow,
      long spanId,
      long parentSpanId,
      long traceStateSlice,
      int flags,
      long nameSlice,
      int kind,
      long startNanos,
      long endNanos,
      int statusCode,
      long statusMessageSlice,
      int droppedAttributesCount,
      int droppedEventsCount,
      int droppedLinksCount) {
    attributes.endRow();
    resource.add(resourceNumber);
    scope.add(scopeNumber);
    this.traceIdHigh.add(traceIdHigh);
    this.traceIdLow.add(traceIdLow);
    this.spanId.add(spanId);
    this.parentSpanId.add(parentSpanId);
    traceState.add(traceStateSlice);
    this.flags.add(flags);
    name.add(nameSlice);
    this.kind.add((byte) kind);
    this.startNanos.add(startNanos);
    this.endNanos.add(endNanos);
    this.statusCode.add((byte) statusCode);
    statusMessage.add(statusMessageSlice);
    droppedAttributes.add(droppedAttributesCount);
    droppedEvents.add(droppedEventsCount);
    droppedLinks.add(droppedLinksCount);
    eventEnds.add(events.size());
    linkEnds.add(links.size());
  }

  /** Gives a row other ids: for answers that tell spans apart which were sent with one. */
  public void setIds(int row, long newSpanId, long newParentSpanId) {
    spanId.set(row, newSpanId);
    parentSpanId.set(row, newParentSpanId);
  }

  /** Gives a row other times: for one that came without. */
  public void setTimes(int row, long newStartNanos, long newEndNanos) {
    startNanos.set(row, newStartNanos);
    endNanos.set(row, newEndNanos);
  }

  /**
   * Drops attributes, events and links that were added since the last {@link #endRow}: for a row
   * that is refused.
   */
  public void dropOpenRow() {
    attributes.dropOpenRow();
    events.truncate(rows() == 0 ? 0 : eventEnds.get(rows() - 1));
    links.truncate(rows() == 0 ? 0 : linkEnds.get(rows() - 1));
  }

  public int rows() {
    return spanId.size();
  }

  public ByteArena arena() {
    return arena;
  }

  /** Attribute keys of resources, scopes, spans, events and links. */
  public StringTable keys() {
    return keys;
  }

  public ResourceTable resources() {
    return resources;
  }

  public ScopeTable scopes() {
    return scopes;
  }

  public AttributeColumns attributes() {
    return attributes;
  }

  public Events events() {
    return events;
  }

  public Links links() {
    return links;
  }

  public int resource(int row) {
    return resource.get(row);
  }

  public int scope(int row) {
    return scope.get(row);
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

  public long parentSpanId(int row) {
    return parentSpanId.get(row);
  }

  public long traceState(int row) {
    return traceState.get(row);
  }

  public int flags(int row) {
    return flags.get(row);
  }

  public long name(int row) {
    return name.get(row);
  }

  public int kind(int row) {
    return kind.get(row);
  }

  public long startNanos(int row) {
    return startNanos.get(row);
  }

  public long endNanos(int row) {
    return endNanos.get(row);
  }

  public int statusCode(int row) {
    return statusCode.get(row);
  }

  public long statusMessage(int row) {
    return statusMessage.get(row);
  }

  public int droppedAttributesCount(int row) {
    return droppedAttributes.get(row);
  }

  public int droppedEventsCount(int row) {
    return droppedEvents.get(row);
  }

  public int droppedLinksCount(int row) {
    return droppedLinks.get(row);
  }

  /** The first event of a row. */
  public int eventStart(int row) {
    return row == 0 ? 0 : eventEnds.get(row - 1);
  }

  /** One past the last event of a row. */
  public int eventEnd(int row) {
    return eventEnds.get(row);
  }

  /** The first link of a row. */
  public int linkStart(int row) {
    return row == 0 ? 0 : linkEnds.get(row - 1);
  }

  /** One past the last link of a row. */
  public int linkEnd(int row) {
    return linkEnds.get(row);
  }

  /** The events of all rows. */
  public static final class Events {
    private final LongColumn timeNanos = new LongColumn();
    private final LongColumn name = new LongColumn();
    private final IntColumn droppedAttributes = new IntColumn();
    private final AttributeColumns attributes;

    Events(StringTable keys, ByteArena arena) {
      attributes = new AttributeColumns(keys, arena);
    }

    /** Adds an event; its attributes must have been added before. */
    public void end(long timeNanos, long nameSlice, int droppedAttributesCount) {
      attributes.endRow();
      this.timeNanos.add(timeNanos);
      name.add(nameSlice);
      droppedAttributes.add(droppedAttributesCount);
    }

    public int size() {
      return name.size();
    }

    public long timeNanos(int event) {
      return timeNanos.get(event);
    }

    public long name(int event) {
      return name.get(event);
    }

    public int droppedAttributesCount(int event) {
      return droppedAttributes.get(event);
    }

    /** One row an event. */
    public AttributeColumns attributes() {
      return attributes;
    }

    private void truncate(int newSize) {
      attributes.dropOpenRow();
      while (attributes.rows() > newSize) {
        attributes.dropLastRow();
      }
      timeNanos.truncate(newSize);
      name.truncate(newSize);
      droppedAttributes.truncate(newSize);
    }
  }

  /** The links of all rows. */
  public static final class Links {
    private final LongColumn traceIdHigh = new LongColumn();
    private final LongColumn traceIdLow = new LongColumn();
    private final LongColumn spanId = new LongColumn();
    private final LongColumn traceState = new LongColumn();
    private final IntColumn flags = new IntColumn();
    private final IntColumn droppedAttributes = new IntColumn();
    private final AttributeColumns attributes;

    Links(StringTable keys, ByteArena arena) {
      attributes = new AttributeColumns(keys, arena);
    }

    /** Adds a link; its attributes must have been added before. */
    public void end(
        long traceIdHigh,
        long traceIdLow,
        long spanId,
        long traceStateSlice,
        int flags,
        int droppedAttributesCount) {
      attributes.endRow();
      this.traceIdHigh.add(traceIdHigh);
      this.traceIdLow.add(traceIdLow);
      this.spanId.add(spanId);
      traceState.add(traceStateSlice);
      this.flags.add(flags);
      droppedAttributes.add(droppedAttributesCount);
    }

    public int size() {
      return spanId.size();
    }

    public long traceIdHigh(int link) {
      return traceIdHigh.get(link);
    }

    public long traceIdLow(int link) {
      return traceIdLow.get(link);
    }

    public long spanId(int link) {
      return spanId.get(link);
    }

    public long traceState(int link) {
      return traceState.get(link);
    }

    public int flags(int link) {
      return flags.get(link);
    }

    public int droppedAttributesCount(int link) {
      return droppedAttributes.get(link);
    }

    /** One row a link. */
    public AttributeColumns attributes() {
      return attributes;
    }

    private void truncate(int newSize) {
      attributes.dropOpenRow();
      while (attributes.rows() > newSize) {
        attributes.dropLastRow();
      }
      traceIdHigh.truncate(newSize);
      traceIdLow.truncate(newSize);
      spanId.truncate(newSize);
      traceState.truncate(newSize);
      flags.truncate(newSize);
      droppedAttributes.truncate(newSize);
    }
  }
}
