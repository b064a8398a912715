package io.ghostworks.query.record;

import java.util.Set;

/**
 * A column of records, as filters and projections name it.
 *
 * <p>Attributes of events and links, and the intrinsic columns that begin with {@code EVENT_} or
 * {@code LINK_} and are so marked, have <em>several values</em> a row, one for each event or link
 * that has one, in their order. A filter on such a field holds where one of the values fulfils it;
 * likewise on an attribute whose value is an array, where one of its elements does. An answer gives
 * them as a {@link ColumnBatch.ListsColumn}.
 *
 * @param name an attribute's key, a stream label's name, or the word of an intrinsic column
 */
public record Field(Scope scope, String name) {

  /** Where a column comes from. */
  public enum Scope {
    /** A column that every row has; see the constants. */
    INTRINSIC,
    /** A label of the stream (log records only). */
    STREAM,
    /** An attribute of the resource. */
    RESOURCE,
    /** An attribute of the instrumentation scope. */
    INSTRUMENTATION,
    /** An attribute of the record or span itself. */
    ATTRIBUTE,
    /** An attribute of the record or span, else of its resource. */
    ATTRIBUTE_OR_RESOURCE,
    /** An attribute of the span's events; several values (spans only). */
    EVENT,
    /** An attribute of the span's links; several values (spans only). */
    LINK
  }

  /** Nanoseconds since the epoch: the record's time, the span's start. Type long. */
  public static final Field TIME = intrinsic("time");

  /** When a log record was observed, nanoseconds. Type long. */
  public static final Field OBSERVED_TIME = intrinsic("observed_time");

  /** Severity number of OTLP, 0 to 24. Type long. */
  public static final Field SEVERITY_NUMBER = intrinsic("severity_number");

  /** Severity text. Type bytes. */
  public static final Field SEVERITY_TEXT = intrinsic("severity_text");

  /** Body of a log record as a typed value; as text in filters (JSON for structured bodies). */
  public static final Field BODY = intrinsic("body");

  /** Name of an event record. Type bytes. */
  public static final Field EVENT_NAME = intrinsic("event_name");

  /**
   * Flags of a log record as OTLP has them, with {@link
   * io.ghostworks.model.record.LogBatch#CONTEXT_FOUND}. Type long, from 0 to 2^32 - 1.
   */
  public static final Field FLAGS = intrinsic("flags");

  /** How many attributes of a log record or span the sender dropped. Type long. */
  public static final Field DROPPED_ATTRIBUTES = intrinsic("dropped_attributes_count");

  /** 16 bytes, or none. Compared as lower-case hexadecimal text. */
  public static final Field TRACE_ID = intrinsic("trace_id");

  /** 8 bytes, or none. Compared as lower-case hexadecimal text. */
  public static final Field SPAN_ID = intrinsic("span_id");

  /** 8 bytes, none for a root. Compared as lower-case hexadecimal text. */
  public static final Field PARENT_SPAN_ID = intrinsic("parent_span_id");

  /** The stream's labels as one value (log records only). */
  public static final Field STREAM_LABELS = intrinsic("stream");

  /** All attributes of the record. */
  public static final Field ATTRIBUTES = intrinsic("attributes");

  /** All attributes of the resource. */
  public static final Field RESOURCE_ATTRIBUTES = intrinsic("resource_attributes");

  /** All attributes of the scope. */
  public static final Field INSTRUMENTATION_ATTRIBUTES = intrinsic("scope_attributes");

  /** Name of the instrumentation scope. Type bytes. */
  public static final Field INSTRUMENTATION_NAME = intrinsic("scope_name");

  /** Version of the instrumentation scope. Type bytes. */
  public static final Field INSTRUMENTATION_VERSION = intrinsic("scope_version");

  /** How many attributes of the instrumentation scope the sender dropped. Type long. */
  public static final Field INSTRUMENTATION_DROPPED_ATTRIBUTES =
      intrinsic("scope_dropped_attributes_count");

  /** A span's name. Type bytes. */
  public static final Field NAME = intrinsic("name");

  /** A span's kind as in OTLP, 0 to 5. Type long. */
  public static final Field KIND = intrinsic("kind");

  /** Nanoseconds from start to end. Type long. */
  public static final Field DURATION = intrinsic("duration");

  /** A span's status code as in OTLP, 0 to 2. Type long. */
  public static final Field STATUS_CODE = intrinsic("status_code");

  /** A span's status message. Type bytes. */
  public static final Field STATUS_MESSAGE = intrinsic("status_message");

  /** The resource's {@code service.name}, "" if it has none. Type bytes. */
  public static final Field SERVICE_NAME = intrinsic("service_name");

  /** When a span ended, nanoseconds since the epoch. Type long. */
  public static final Field END_TIME = intrinsic("end_time");

  /** The trace state of a span as W3C writes it, "" if it has none. Type bytes. */
  public static final Field TRACE_STATE = intrinsic("trace_state");

  /** How many events of a span the sender dropped. Type long. */
  public static final Field DROPPED_EVENTS = intrinsic("dropped_events_count");

  /** How many links of a span the sender dropped. Type long. */
  public static final Field DROPPED_LINKS = intrinsic("dropped_links_count");

  /** Names of a span's events. Several values, strings. */
  public static final Field EVENT_SPAN_NAME = intrinsic("span_event_name");

  /** Nanoseconds from the span's start to each of its events. Several values, integers. */
  public static final Field EVENT_TIME_SINCE_START = intrinsic("span_event_time_since_start");

  /** How many attributes of each event the sender dropped. Several values, integers. */
  public static final Field EVENT_DROPPED_ATTRIBUTES =
      intrinsic("span_event_dropped_attributes_count");

  /** Traces that a span's links name. Several values, strings of 32 lower-case hex digits. */
  public static final Field LINK_TRACE_ID = intrinsic("span_link_trace_id");

  /** Spans that a span's links name. Several values, strings of 16 lower-case hex digits. */
  public static final Field LINK_SPAN_ID = intrinsic("span_link_span_id");

  /** Trace states of a span's links. Several values, strings. */
  public static final Field LINK_TRACE_STATE = intrinsic("span_link_trace_state");

  /** How many attributes of each link the sender dropped. Several values, integers. */
  public static final Field LINK_DROPPED_ATTRIBUTES =
      intrinsic("span_link_dropped_attributes_count");

  private static final Set<Field> SEVERAL =
      Set.of(
          EVENT_SPAN_NAME,
          EVENT_TIME_SINCE_START,
          EVENT_DROPPED_ATTRIBUTES,
          LINK_TRACE_ID,
          LINK_SPAN_ID,
          LINK_TRACE_STATE,
          LINK_DROPPED_ATTRIBUTES);

  /** Whether a row may have several values of it. */
  public boolean hasSeveralValues() {
    return switch (scope) {
      case EVENT, LINK -> true;
      case INTRINSIC -> SEVERAL.contains(this);
      case STREAM, RESOURCE, INSTRUMENTATION, ATTRIBUTE, ATTRIBUTE_OR_RESOURCE -> false;
    };
  }

  private static Field intrinsic(String name) {
    return new Field(Scope.INTRINSIC, name);
  }
}
