package io.ghostworks.records.column;

/**
 * The kinds of the columns that attributes of one sort are stored in: those of the rows, or of the
 * events or links that spans have.
 *
 * @param attribute values of one key and type
 */
public record AttributeKinds(
    ColumnKind shapes, ColumnKind shape, ColumnKind attribute, ColumnKind packed) {

  /** Of log records and spans themselves. */
  public static final AttributeKinds OF_ROWS =
      new AttributeKinds(
          ColumnKind.SHAPES, ColumnKind.SHAPE, ColumnKind.ATTRIBUTE, ColumnKind.PACKED);

  /** Of events. */
  public static final AttributeKinds OF_EVENTS =
      new AttributeKinds(
          ColumnKind.SPAN_EVENT_SHAPES,
          ColumnKind.SPAN_EVENT_SHAPE,
          ColumnKind.SPAN_EVENT_ATTRIBUTE,
          ColumnKind.SPAN_EVENT_PACKED);

  /** Of links. */
  public static final AttributeKinds OF_LINKS =
      new AttributeKinds(
          ColumnKind.SPAN_LINK_SHAPES,
          ColumnKind.SPAN_LINK_SHAPE,
          ColumnKind.SPAN_LINK_ATTRIBUTE,
          ColumnKind.SPAN_LINK_PACKED);
}
