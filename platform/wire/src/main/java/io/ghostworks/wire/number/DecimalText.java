package io.ghostworks.wire.number;

import java.math.BigDecimal;

/**
 * Prints doubles as Go's {@code strconv.FormatFloat} does with the shortest precision, and as
 * OpenMetrics prescribes.
 */
public final class DecimalText {
  private static final int EXPONENT_FROM = 6;

  private DecimalText() {}

  /** Format {@code 'g'}: with an exponent below 1e-4 and from 1e6 on. */
  public static String general(double value) {
    if (!Double.isFinite(value)) {
      return special(value);
    }
    Digits digits = Digits.of(value);
    int exponent = digits.point - 1;
    return exponent < -4 || exponent >= EXPONENT_FROM ? digits.exponential() : digits.plain();
  }

  /** Format {@code 'f'}: never with an exponent. */
  public static String plain(double value) {
    return Double.isFinite(value) ? Digits.of(value).plain() : special(value);
  }

  /** As {@code encoding/json} prints: with an exponent below 1e-6 and from 1e21 on. */
  public static String json(double value) {
    double magnitude = Math.abs(value);
    if (magnitude == 0 || (magnitude >= 1e-6 && magnitude < 1e21)) {
      return Digits.of(value).plain();
    }
    String text = Digits.of(value).exponential();
    int length = text.length();
    return text.startsWith("e-0", length - 4)
        ? text.substring(0, length - 2) + text.charAt(length - 1)
        : text;
  }

  /**
   * As OpenMetrics prescribes for {@code le} and {@code quantile}: always with a point or exponent.
   */
  public static String openMetrics(double value) {
    String text = general(value);
    if (!Double.isFinite(value) || text.indexOf('e') >= 0 || text.indexOf('.') >= 0) {
      return text;
    }
    return text + ".0";
  }

  private static String special(double value) {
    return Double.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
  }

  /**
   * The shortest decimal digits of a finite number.
   *
   * @param text digits without leading or trailing zeros, "0" for zero
   * @param point where the decimal point stands, counted from before the first digit
   */
  private record Digits(boolean negative, String text, int point) {

    static Digits of(double value) {
      boolean negative = Double.doubleToRawLongBits(value) < 0;
      double magnitude = Math.abs(value);
      if (magnitude == 0) {
        return new Digits(negative, "0", 1);
      }
      BigDecimal decimal = new BigDecimal(Double.toString(magnitude)).stripTrailingZeros();
      if (decimal.precision() == 2) {
        // Double.toString gives at least two digits even where one is enough.
        BigDecimal one = decimal.round(new java.math.MathContext(1));
        if (one.doubleValue() == magnitude) {
          decimal = one.stripTrailingZeros();
        }
      }
      String digits = decimal.unscaledValue().toString();
      return new Digits(negative, digits, digits.length() - decimal.scale());
    }

    String plain() {
      StringBuilder out = new StringBuilder(negative ? "-" : "");
      if (point <= 0) {
        out.append("0.").repeat('0', -point).append(text);
      } else if (point >= text.length()) {
        out.append(text).repeat('0', point - text.length());
      } else {
        out.append(text, 0, point).append('.').append(text, point, text.length());
      }
      return out.toString();
    }

    String exponential() {
      StringBuilder out = new StringBuilder(negative ? "-" : "").append(text.charAt(0));
      if (text.length() > 1) {
        out.append('.').append(text, 1, text.length());
      }
      int exponent = point - 1;
      out.append('e').append(exponent < 0 ? '-' : '+');
      int magnitude = Math.abs(exponent);
      return out.append(magnitude < 10 ? "0" : "").append(magnitude).toString();
    }
  }
}
