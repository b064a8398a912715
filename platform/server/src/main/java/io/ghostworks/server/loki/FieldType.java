package io.ghostworks.server.loki;

import io.ghostworks.logql.quantity.ByteSizes;
import io.ghostworks.logql.quantity.GoDurations;
import io.ghostworks.logql.quantity.GoFloat;
import io.ghostworks.logql.quantity.QuantityException;
import java.util.Set;
import java.util.function.Consumer;

/** What a value of a field looks like, by Loki's words and in the order in which it looks. */
final class FieldType {

  private static final Set<String> BOOLEANS =
      Set.of("1", "t", "T", "TRUE", "true", "True", "0", "f", "F", "FALSE", "false", "False");
  private static final int SIZE_CHARS_MAX = 32;

  private FieldType() {}

  static String of(String value) {
    if (isInteger(value)) {
      return "int";
    }
    if (reads(GoFloat::parse, value)) {
      return "float";
    }
    if (BOOLEANS.contains(value)) {
      return "boolean";
    }
    if (reads(GoDurations::parse, value)) {
      return "duration";
    }
    return isSize(value) ? "bytes" : "string";
  }

  static boolean isSize(String value) {
    return value.length() <= SIZE_CHARS_MAX && reads(ByteSizes::parse, value);
  }

  private static boolean isInteger(String value) {
    try {
      var _ = Long.parseLong(value);
      return true;
    } catch (NumberFormatException e) {
      return false; // then it may be something else
    }
  }

  private static boolean reads(Consumer<String> parser, String value) {
    try {
      parser.accept(value);
      return true;
    } catch (QuantityException e) {
      return false; // then it may be something else
    }
  }
}
