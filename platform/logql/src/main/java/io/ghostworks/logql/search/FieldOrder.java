package io.ghostworks.logql.search;

import io.ghostworks.logql.quantity.GoDurations;
import io.ghostworks.logql.quantity.GoFloat;
import io.ghostworks.logql.quantity.QuantityException;
import io.ghostworks.model.label.Labels;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * An order of lines by a field: numbers and durations as numbers (durations in seconds), before
 * texts by their UTF-8 bytes; the other way round where it descends. Lines without the field come
 * last either way.
 */
public record FieldOrder(String field, boolean descends) {

  /** Whole numbers from here on are not all doubles. */
  private static final double EXACT_MAX = 1L << 53;

  private static final int DIGITS_MAX = 40;

  /**
   * A value by which lines are compared.
   *
   * @param text null if the line has none
   * @param number NaN where the text is none
   */
  record Key(@Nullable String text, double number) {}

  Key key(SearchedLine line) {
    String text = line.field(field);
    return new Key(text, text == null ? Double.NaN : number(text));
  }

  /** Negative if the left one comes first. */
  int compare(Key left, Key right) {
    if (left.text() == null || right.text() == null) {
      return Boolean.compare(left.text() == null, right.text() == null);
    }
    int order = ascending(left, left.text(), right, right.text());
    return descends ? -order : order;
  }

  private static int ascending(Key left, String leftText, Key right, String rightText) {
    boolean leftIsText = Double.isNaN(left.number());
    boolean rightIsText = Double.isNaN(right.number());
    if (leftIsText != rightIsText) {
      return Boolean.compare(leftIsText, rightIsText);
    }
    if (leftIsText) {
      return Labels.compareUtf8(leftText, rightText);
    }
    int order = Double.compare(left.number(), right.number());
    boolean areLarge = order == 0 && Math.abs(left.number()) >= EXACT_MAX;
    return areLarge && isWhole(leftText) && isWhole(rightText)
        ? new BigInteger(leftText).compareTo(new BigInteger(rightText))
        : order;
  }

  /** Whether a text is a whole number of a bounded length, which a double may not hold exactly. */
  private static boolean isWhole(String text) {
    int from = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    return text.length() <= DIGITS_MAX
        && text.chars().skip(from).allMatch(c -> c >= '0' && c <= '9');
  }

  private static double number(String text) {
    char first = text.isEmpty() ? ' ' : text.charAt(0);
    if (first != '-' && first != '+' && first != '.' && (first < '0' || first > '9')) {
      return Double.NaN;
    }
    double number = GoFloat.parseOrNan(text);
    if (!Double.isNaN(number)) {
      return number;
    }
    try {
      return GoDurations.seconds(GoDurations.parse(text));
    } catch (QuantityException e) {
      return Double.NaN; // a text, which is an answer and no mistake
    }
  }
}
