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
    LIMIT_EXCEEDED("limit_exceeded");

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
