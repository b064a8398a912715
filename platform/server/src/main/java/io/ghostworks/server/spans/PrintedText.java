package io.ghostworks.server.spans;

import com.google.re2j.Pattern;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import java.util.List;

/** Conditions on values of any type by the text that they print as. */
public final class PrintedText {

  private PrintedText() {}

  /** Rows of which the field prints so: the text, or a number, truth, list, map or bytes. */
  public static Filter equal(Field field, String text) {
    Filter same = new Filter.Compare(field, Filter.Operator.EQUAL, new Filter.Literal.Text(text));
    return mayPrintAnother(text)
        ? new Filter.Or(
            List.of(
                same,
                new Filter.Finds(field, Pattern.compile("^(?:" + Pattern.quote(text) + ")$"))))
        : same;
  }

  /** Whether a value that is no text may print so. */
  private static boolean mayPrintAnother(String value) {
    if (value.isEmpty()) {
      return false;
    }
    char first = value.charAt(0);
    return (first >= '0' && first <= '9')
        || first == '-'
        || first == '['
        || first == '{'
        || value.equals("true")
        || value.equals("false")
        || value.endsWith("=")
        || isBase64(value);
  }

  private static boolean isBase64(String value) {
    if (value.length() % 4 != 0) {
      return false;
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean sign = c == '+' || c == '/';
      if (!sign && !(c < 128 && Character.isLetterOrDigit(c))) {
        return false;
      }
    }
    return true;
  }
}
