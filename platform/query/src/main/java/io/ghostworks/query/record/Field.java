package io.ghostworks.query.record;

/**
 * A column of records, as filters and projections name it.
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
    ATTRIBUTE_OR_RESOURCE
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

  /** How many attributes of a log record the sender dropped. Type long. */
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

  private static Field intrinsic(String name) {
    return new Field(Scope.INTRINSIC, name);
  }
}
