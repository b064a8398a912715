package io.ghostworks.wire.otlp;

import io.ghostworks.model.Rejection.Reason;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.wire.Decoded;
import io.ghostworks.wire.EntryBudget;
import io.ghostworks.wire.RejectionTally;
import io.ghostworks.wire.proto.ProtoReader;
import org.jspecify.annotations.Nullable;

/** Reads one {@code ExportTraceServiceRequest} into a batch. */
final class TraceReader {
  private static final int TRACE_ID = 1 << 3 | ProtoReader.BYTES;
  private static final int SPAN_ID = 2 << 3 | ProtoReader.BYTES;
  private static final int TRACE_STATE = 3 << 3 | ProtoReader.BYTES;
  private static final int PARENT_SPAN_ID = 4 << 3 | ProtoReader.BYTES;
  private static final int NAME = 5 << 3 | ProtoReader.BYTES;
  private static final int KIND = 6 << 3 | ProtoReader.VARINT;
  private static final int START = 7 << 3 | ProtoReader.FIXED64;
  private static final int END = 8 << 3 | ProtoReader.FIXED64;
  private static final int ATTRIBUTE = 9 << 3 | ProtoReader.BYTES;
  private static final int DROPPED_ATTRIBUTES = 10 << 3 | ProtoReader.VARINT;
  private static final int EVENT = 11 << 3 | ProtoReader.BYTES;
  private static final int DROPPED_EVENTS = 12 << 3 | ProtoReader.VARINT;
  private static final int LINK = 13 << 3 | ProtoReader.BYTES;
  private static final int DROPPED_LINKS = 14 << 3 | ProtoReader.VARINT;
  private static final int STATUS = 15 << 3 | ProtoReader.BYTES;
  private static final int FLAGS = 16 << 3 | ProtoReader.FIXED32;
  private static final int STATUS_MESSAGE = 2 << 3 | ProtoReader.BYTES;
  private static final int STATUS_CODE = 3 << 3 | ProtoReader.VARINT;
  private static final int EVENT_TIME = 1 << 3 | ProtoReader.FIXED64;
  private static final int EVENT_NAME = 2 << 3 | ProtoReader.BYTES;
  private static final int EVENT_ATTRIBUTE = 3 << 3 | ProtoReader.BYTES;
  private static final int EVENT_DROPPED = 4 << 3 | ProtoReader.VARINT;
  private static final int LINK_TRACE_ID = 1 << 3 | ProtoReader.BYTES;
  private static final int LINK_SPAN_ID = 2 << 3 | ProtoReader.BYTES;
  private static final int LINK_TRACE_STATE = 3 << 3 | ProtoReader.BYTES;
  private static final int LINK_ATTRIBUTE = 4 << 3 | ProtoReader.BYTES;
  private static final int LINK_DROPPED = 5 << 3 | ProtoReader.VARINT;
  private static final int LINK_FLAGS = 6 << 3 | ProtoReader.FIXED32;
  private static final int KIND_MAX = 5;
  private static final int STATUS_CODE_MAX = 2;

  private final SpanBatch batch = new SpanBatch();
  private final RejectionTally rejections = new RejectionTally();
  private final ProtoReader reader;
  private final OtlpLimits limits;
  private final EntryBudget budget;
  private final AttributeReader attributes;
  private final Ids ids = new Ids();
  private final Ids parent = new Ids();
  private final Ids link = new Ids();
  private boolean linksValid;
  private long statusMessage;
  private int statusCode;

  TraceReader(ProtoReader reader, OtlpLimits limits) {
    this.reader = reader;
    this.limits = limits;
    this.budget = new EntryBudget(limits.entriesMax());
    this.attributes = new AttributeReader(reader, batch.keys(), batch.arena(), budget);
  }

  Decoded<SpanBatch> read() {
    new EnvelopeReader(reader, attributes, batch.resources(), batch.scopes(), budget, this::span)
        .read();
    return new Decoded<>(batch, rejections.toList());
  }

  private void span(int resource, int scope) {
    if (batch.rows() >= limits.rowsMax()) {
      rejections.add(
          Reason.LIMIT_EXCEEDED,
          () -> "a request may have at most %d spans".formatted(limits.rowsMax()));
      reader.skip();
      return;
    }
    int outer = reader.enter();
    ids.reset();
    parent.reset();
    linksValid = true;
    statusMessage = ByteArena.EMPTY;
    statusCode = 0;
    long traceState = ByteArena.EMPTY;
    long name = ByteArena.EMPTY;
    int kind = 0;
    long start = 0;
    long end = 0;
    int flags = 0;
    int droppedAttributes = 0;
    int droppedEvents = 0;
    int droppedLinks = 0;
    while (reader.next()) {
      switch (reader.tag()) {
        case TRACE_ID -> ids.readTraceId(reader);
        case SPAN_ID -> ids.readSpanId(reader);
        case TRACE_STATE -> traceState = attributes.text();
        case PARENT_SPAN_ID -> parent.readSpanId(reader);
        case NAME -> name = attributes.text();
        case KIND -> kind = (int) reader.varint();
        case START -> start = reader.fixed64();
        case END -> end = reader.fixed64();
        case ATTRIBUTE -> attributes.keyValue(batch.attributes());
        case DROPPED_ATTRIBUTES -> droppedAttributes = (int) reader.varint();
        case EVENT -> event();
        case DROPPED_EVENTS -> droppedEvents = (int) reader.varint();
        case LINK -> link();
        case DROPPED_LINKS -> droppedLinks = (int) reader.varint();
        case STATUS -> status();
        case FLAGS -> flags = reader.fixed32();
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    String problem = problem(kind);
    if (problem != null) {
      batch.dropOpenRow();
      rejections.add(Reason.INVALID_ROW, () -> problem);
      return;
    }
    batch.endRow(
        resource,
        scope,
        ids.traceIdHigh,
        ids.traceIdLow,
        ids.spanId,
        parent.spanId,
        traceState,
        flags,
        name,
        kind,
        start,
        end,
        statusCode,
        statusMessage,
        droppedAttributes,
        droppedEvents,
        droppedLinks);
  }

  private @Nullable String problem(int kind) {
    if (!ids.hasTraceId()) {
      return ids.traceIdLength == Ids.TRACE_ID_BYTES
          ? "trace_id must not be all zero"
          : "trace_id must have 16 bytes, got %d".formatted(ids.traceIdLength);
    }
    if (ids.spanId == 0) {
      return ids.spanIdLength == Ids.SPAN_ID_BYTES
          ? "span_id must not be all zero"
          : "span_id must have 8 bytes, got %d".formatted(ids.spanIdLength);
    }
    if (!parent.haveValidLengths()) {
      return "parent_span_id must be empty or have 8 bytes, got %d".formatted(parent.spanIdLength);
    }
    if (!linksValid) {
      return "the ids of a link must have 16 and 8 bytes";
    }
    if (kind < 0 || kind > KIND_MAX) {
      return "kind must be 0 to %d, got %d".formatted(KIND_MAX, kind);
    }
    if (statusCode < 0 || statusCode > STATUS_CODE_MAX) {
      return "status.code must be 0 to %d, got %d".formatted(STATUS_CODE_MAX, statusCode);
    }
    return null;
  }

  private void status() {
    int outer = reader.enter();
    while (reader.next()) {
      switch (reader.tag()) {
        case STATUS_MESSAGE -> statusMessage = attributes.text();
        case STATUS_CODE -> statusCode = (int) reader.varint();
        default -> reader.skip();
      }
    }
    reader.leave(outer);
  }

  private void event() {
    budget.take(1);
    int outer = reader.enter();
    long time = 0;
    long name = ByteArena.EMPTY;
    int dropped = 0;
    while (reader.next()) {
      switch (reader.tag()) {
        case EVENT_TIME -> time = reader.fixed64();
        case EVENT_NAME -> name = attributes.text();
        case EVENT_ATTRIBUTE -> attributes.keyValue(batch.events().attributes());
        case EVENT_DROPPED -> dropped = (int) reader.varint();
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    batch.events().end(time, name, dropped);
  }

  private void link() {
    budget.take(1);
    int outer = reader.enter();
    link.reset();
    long traceState = ByteArena.EMPTY;
    int dropped = 0;
    int flags = 0;
    while (reader.next()) {
      switch (reader.tag()) {
        case LINK_TRACE_ID -> link.readTraceId(reader);
        case LINK_SPAN_ID -> link.readSpanId(reader);
        case LINK_TRACE_STATE -> traceState = attributes.text();
        case LINK_ATTRIBUTE -> attributes.keyValue(batch.links().attributes());
        case LINK_DROPPED -> dropped = (int) reader.varint();
        case LINK_FLAGS -> flags = reader.fixed32();
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    linksValid &= link.haveValidLengths();
    batch.links().end(link.traceIdHigh, link.traceIdLow, link.spanId, traceState, flags, dropped);
  }
}
