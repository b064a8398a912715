package io.ghostworks.wire.ndjson;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.OptionalLong;

/**
 * Times as loggers write them: RFC 3339, also with a blank for the T and without an offset, which
 * then is UTC; or a number since the epoch in seconds, milliseconds, microseconds or nanoseconds,
 * which its size tells.
 */
final class TimeText {
  private static final long NANOS = 1_000_000_000L;
  private static final int LENGTH_MAX = 64;

  private TimeText() {}

  /** Nanoseconds since the epoch; empty if the text is no time. */
  static OptionalLong nanos(String text) {
    if (text.isEmpty() || text.length() > LENGTH_MAX) {
      return OptionalLong.empty();
    }
    return isNumber(text) ? ofNumber(text) : ofDate(text);
  }

  private static boolean isNumber(String text) {
    return text.chars().allMatch(c -> (c >= '0' && c <= '9') || "+-.eE".indexOf(c) >= 0)
        && text.indexOf('-', 1) < 0;
  }

  private static OptionalLong ofNumber(String text) {
    try {
      BigDecimal number = new BigDecimal(text);
      if (number.precision() - number.scale() > 19) {
        return OptionalLong.empty();
      }
      double size = Math.abs(number.doubleValue());
      int digits = size < 1e11 ? 9 : size < 1e14 ? 6 : size < 1e17 ? 3 : 0;
      return OptionalLong.of(
          number.movePointRight(digits).setScale(0, RoundingMode.FLOOR).longValueExact());
    } catch (NumberFormatException | ArithmeticException e) {
      return OptionalLong.empty();
    }
  }

  private static OptionalLong ofDate(String text) {
    String iso =
        text.length() > 10 && text.charAt(10) == ' '
            ? text.substring(0, 10) + "T" + text.substring(11).replace(" ", "")
            : text;
    iso = iso.replace(',', '.');
    try {
      Instant time = offset(iso);
      return OptionalLong.of(
          Math.addExact(Math.multiplyExact(time.getEpochSecond(), NANOS), time.getNano()));
    } catch (DateTimeException | ArithmeticException e) {
      return OptionalLong.empty();
    }
  }

  private static Instant offset(String iso) {
    int zone = Math.max(iso.lastIndexOf('+'), iso.lastIndexOf('-'));
    if (iso.endsWith("Z") || (zone > 10 && iso.indexOf(':', zone) > 0)) {
      return OffsetDateTime.parse(iso).toInstant();
    }
    if (zone > 10 && iso.length() - zone == 5) { // +0200, as many loggers write it
      String colon = iso.substring(0, zone + 3) + ":" + iso.substring(zone + 3);
      return OffsetDateTime.parse(colon).toInstant();
    }
    return LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
  }
}
