package io.ghostworks.query.record;

import com.google.re2j.Pattern;
import io.ghostworks.model.label.LabelMatcher;
import java.util.List;
import java.util.Set;

/**
 * Which rows a scan gives. A column that a row lacks makes a comparison false, and {@link Not} of
 * it true. On a field with several values, and on an attribute that is an array, each of {@link
 * Exists}, {@link Compare}, {@link Contains} and {@link Finds} holds where one of the values does
 * (an array's text as a whole counts as one more for the last two).
 */
public sealed interface Filter {

  /** Every row. */
  Filter ALL = new And(List.of());

  /** All of these hold; true of none. */
  record And(List<Filter> parts) implements Filter {
    public And {
      parts = List.copyOf(parts);
    }
  }

  /** One of these holds; false of none. */
  record Or(List<Filter> parts) implements Filter {
    public Or {
      parts = List.copyOf(parts);
    }
  }

  /** The part does not hold. */
  record Not(Filter part) implements Filter {}

  /** The labels of the record's stream fulfil all matchers (log records only). */
  record Stream(List<LabelMatcher> matchers) implements Filter {
    public Stream {
      matchers = List.copyOf(matchers);
    }
  }

  /** The row has the column. */
  record Exists(Field field) implements Filter {}

  /**
   * The column compares so with a value; values of other types never do, except that integers and
   * doubles compare as numbers.
   */
  record Compare(Field field, Operator operator, Literal literal) implements Filter {}

  /**
   * The column's text contains these bytes, which are not empty.
   *
   * @param ignoresCase whether ASCII letters of either case are the same
   */
  record Contains(Field field, byte[] needle, boolean ignoresCase) implements Filter {

    /** Contains exactly these bytes. */
    public Contains(Field field, byte[] needle) {
      this(field, needle, false);
    }

    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
      return other instanceof Contains contains
          && field.equals(contains.field)
          && ignoresCase == contains.ignoresCase
          && java.util.Arrays.equals(needle, contains.needle);
    }

    @Override
    public int hashCode() {
      return java.util.Arrays.hashCode(needle) * 31 + field.hashCode();
    }
  }

  /** The expression is found in the column's text; anchors are the expression's own. */
  record Finds(Field field, Pattern pattern) implements Filter {}

  /**
   * The body is a JSON object, and the scalar in it that LogQL's {@code json} stage gives a label
   * of this name compares so with a value. Rows of which a store cannot tell are given too, so it
   * only ever narrows what is looked at again, and must not stand under {@link Not}.
   *
   * @param literal a text that is not empty, with {@link Operator#EQUAL}; or a real number, and
   *     then bodies without the label and with one that is no plain number are among the rows too
   */
  record JsonLabel(String label, Operator operator, Literal literal) implements Filter {
    public JsonLabel {
      boolean text = literal instanceof Literal.Text(String value) && !value.isEmpty();
      if (!(text && operator == Operator.EQUAL) && !(literal instanceof Literal.Real)) {
        throw new IllegalArgumentException(
            "a label of JSON must equal a text or compare with a real number, got %s %s"
                .formatted(operator, literal));
      }
    }
  }

  /** The row belongs to one of these traces; a store finds them by its index. */
  record Traces(Set<TraceKey> ids) implements Filter {
    public Traces {
      ids = Set.copyOf(ids);
    }
  }

  /** How to compare. */
  enum Operator {
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL
  }

  /** A typed constant. */
  sealed interface Literal {
    record Text(String value) implements Literal {}

    record Whole(long value) implements Literal {}

    record Real(double value) implements Literal {}

    record Bool(boolean value) implements Literal {}
  }
}
