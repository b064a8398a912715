package io.ghostworks.model;

/**
 * Rows of a batch that were refused for one reason.
 *
 * @param reason why
 * @param rows how many, at least 1
 * @param example the rule, the value and the place for one of them, as a sentence
 */
public record Rejection(Reason reason, int rows, String example) {

  /**
   * Why a row is refused. The label is the value of {@code reason} in the platform's own metrics.
   */
  public enum Reason {
    OUT_OF_ORDER("out_of_order"),
    TOO_OLD("too_old"),
    TOO_FAR_IN_FUTURE("too_far_in_future"),
    DUPLICATE_TIMESTAMP("duplicate_timestamp"),
    INVALID_LABELS("invalid_labels"),
    INVALID_ROW("invalid_row"),
    UNSUPPORTED("unsupported"),
    LIMIT_EXCEEDED("limit_exceeded"),
    LINE_TOO_LONG("line_too_long"),
    STREAM_LIMIT("stream_limit"),
    TOO_MANY_LABELS("max_label_names_per_series"),
    LABEL_NAME_TOO_LONG("label_name_too_long"),
    LABEL_VALUE_TOO_LONG("label_value_too_long"),
    METADATA_TOO_LARGE("structured_metadata_too_large"),
    TOO_MUCH_METADATA("structured_metadata_too_many"),
    ATTRIBUTE_KEY_LIMIT("attribute_key_limit"),
    TRACE_TOO_LARGE("trace_too_large"),
    TOO_MANY_SPANS("too_many_spans");

    private final String label;

    Reason(String label) {
      this.label = label;
    }

    /** The name in metrics and in answers. */
    public String label() {
      return label;
    }
  }
}
