package io.ghostworks.records.column;

import org.jspecify.annotations.Nullable;

/**
 * What a column of a block holds. The codes are those of the file; a column that a block lacks has
 * 0 or "" in all rows. {@code BODY} and the kinds of attributes stand once for each key and type.
 */
public enum ColumnKind {
  /** Resources, scopes and streams of the block, as {@code EnvelopeCodec} puts them. */
  ENVELOPE(0),
  /** Number of the row's resource. */
  RESOURCE(1),
  SCOPE(2),
  STREAM(3),
  /** Time of the record, start of the span. */
  TIME(4),
  /**
   * When it was observed: 0 if unknown, its difference to the time if that is negative, else one
   * more than the difference.
   */
  OBSERVED(5),
  SEVERITY(6),
  SEVERITY_TEXT(7),
  EVENT_NAME(8),
  /** 0, or one more than the ordinal of the trace in the part. */
  TRACE(9),
  SPAN_ID(10),
  FLAGS(11),
  DROPPED_ATTRIBUTES(12),
  /** Type of the body of each row. */
  BODY_TYPE(13),
  /** Bodies of one type, of the rows that have it. */
  BODY(14),
  /** The distinct lists of keys and types that rows have. */
  SHAPES(15),
  /** Number of the row's list. */
  SHAPE(16),
  /** Values of one key and type, of the rows that have it. */
  ATTRIBUTE(17),
  /** Values that have no column of their own, row by row. */
  PACKED(18),
  PARENT_SPAN_ID(19),
  TRACE_STATE(20),
  NAME(21),
  SPAN_KIND(22),
  /** End less start. */
  DURATION(23),
  STATUS_CODE(24),
  STATUS_MESSAGE(25),
  DROPPED_EVENTS(26),
  DROPPED_LINKS(27),
  /**
   * Events and links of the spans, as {@code SpanSchema} puts them: in parts of version 2. Where
   * columns are asked for it stands for all columns of events and links.
   */
  DETAILS(28),
  /** Filter of the id-like tokens of the bodies, as {@code TokenFilter} puts it. */
  TOKENS(29),
  /** How many events a span has; of links likewise. What follows has one value an event or link. */
  SPAN_EVENTS(30),
  /** Time of an event less the start of its span. */
  SPAN_EVENT_TIME(31),
  SPAN_EVENT_NAME(32),
  SPAN_EVENT_DROPPED(33),
  SPAN_EVENT_SHAPES(34),
  SPAN_EVENT_SHAPE(35),
  SPAN_EVENT_ATTRIBUTE(36),
  SPAN_EVENT_PACKED(37),
  SPAN_LINKS(38),
  SPAN_LINK_TRACE_HIGH(39),
  SPAN_LINK_TRACE_LOW(40),
  SPAN_LINK_SPAN(41),
  SPAN_LINK_TRACE_STATE(42),
  SPAN_LINK_FLAGS(43),
  SPAN_LINK_DROPPED(44),
  SPAN_LINK_SHAPES(45),
  SPAN_LINK_SHAPE(46),
  SPAN_LINK_ATTRIBUTE(47),
  SPAN_LINK_PACKED(48);

  private static final ColumnKind[] KINDS = values();

  private final int code;

  ColumnKind(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /** The kind with a code, or null. */
  public static @Nullable ColumnKind of(int code) {
    return code >= 0 && code < KINDS.length ? KINDS[code] : null;
  }

  /** Whether a column of this kind is of one key and one type. */
  public boolean isTyped() {
    return switch (this) {
      case BODY, ATTRIBUTE, SPAN_EVENT_ATTRIBUTE, SPAN_LINK_ATTRIBUTE -> true;
      default -> false;
    };
  }
}
