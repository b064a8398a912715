package io.ghostworks.server.tempo;

import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import java.math.BigInteger;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Numbers of parameters as Go's {@code strconv} reads them, with its words for mistakes. */
final class GoNumbers {

  private static final Pattern UNSIGNED = Pattern.compile("[0-9]+");
  private static final Pattern SIGNED = Pattern.compile("[+-]?[0-9]+");

  private GoNumbers() {}

  /** An unsigned number of 32 bits, empty where the parameter is not there. */
  static OptionalLong unsigned(Exchange exchange, String name) {
    String text = exchange.parameter(name).orElse("");
    return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(unsigned(name, text));
  }

  private static long unsigned(String name, String text) {
    if (!UNSIGNED.matcher(text).matches()) {
      throw invalid(name, "ParseUint", text, "invalid syntax");
    }
    BigInteger value = new BigInteger(text);
    if (value.bitLength() > 32) {
      throw invalid(name, "ParseUint", text, "value out of range");
    }
    return value.longValue();
  }

  /** A number of some bits, empty where the parameter is not there. */
  static OptionalLong signed(Exchange exchange, String name, int bits) {
    String text = exchange.parameter(name).orElse("");
    return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(signed(name, text, bits));
  }

  private static long signed(String name, String text, int bits) {
    if (!SIGNED.matcher(text).matches()) {
      throw invalid(name, "ParseInt", text, "invalid syntax");
    }
    BigInteger value = new BigInteger(text);
    if (value.bitLength() >= bits) {
      throw invalid(name, "ParseInt", text, "value out of range");
    }
    return value.longValue();
  }

  /** A whole number as {@code strconv.Atoi} reads it. */
  static long whole(String name, String text) {
    if (!SIGNED.matcher(text).matches()) {
      throw invalid("value for " + name, "Atoi", text, "invalid syntax");
    }
    BigInteger value = new BigInteger(text);
    if (value.bitLength() >= Long.SIZE) {
      throw invalid("value for " + name, "Atoi", text, "value out of range");
    }
    return value.longValue();
  }

  /** A truth value, empty text being none. */
  static boolean bool(String name, String text) {
    return switch (text) {
      case "1", "t", "T", "TRUE", "true", "True" -> true;
      case "", "0", "f", "F", "FALSE", "false", "False" -> false;
      default ->
          throw RequestException.bad(
              "invalid value for %s: strconv.ParseBool: parsing %s: invalid syntax"
                  .formatted(name, quoted(text)));
    };
  }

  private static RequestException invalid(String name, String function, String text, String why) {
    return RequestException.bad(
        "invalid %s: strconv.%s: parsing %s: %s".formatted(name, function, quoted(text), why));
  }

  /** A text as Go shows it in messages. */
  static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
