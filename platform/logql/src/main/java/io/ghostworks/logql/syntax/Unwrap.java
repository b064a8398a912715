package io.ghostworks.logql.syntax;

import java.util.List;

/**
 * The label whose value is the sample, such as {@code | unwrap duration(latency) | __error__=""}.
 *
 * @param postFilters tested after the value is read
 */
public record Unwrap(String label, Conversion conversion, List<LabelFilter> postFilters) {
  public Unwrap {
    postFilters = List.copyOf(postFilters);
  }

  /** What the label's text is. */
  public enum Conversion {
    /** A number. */
    NONE(""),
    /** A size; gives bytes. */
    BYTES("bytes"),
    /** A duration; gives seconds. */
    DURATION("duration"),
    /** The same. */
    DURATION_SECONDS("duration_seconds");

    private final String word;

    Conversion(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  @Override
  public String toString() {
    return Printer.print(this);
  }
}
