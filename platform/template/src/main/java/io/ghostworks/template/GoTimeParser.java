package io.ghostworks.template;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads times in Go's layouts ({@code time.Parse}); see {@link GoTimeLayout} for their parts. */
final class GoTimeParser {
  private final String text;
  private int at;
  private int year;
  private int month = 1;
  private int day = 1;
  private int yearDay;
  private int hour;
  private int minute;
  private int second;
  private int nano;
  private boolean afternoon;
  private boolean twelveHours;
  private @Nullable ZoneId zone;

  private GoTimeParser(String text) {
    this.text = text;
  }

  /** The time, or null where the text does not fit the layout. */
  static @Nullable ZonedDateTime parse(String layout, String text, ZoneId zone) {
    try {
      return new GoTimeParser(text).read(layout, zone);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private ZonedDateTime read(String layout, ZoneId otherwise) {
    int in = 0;
    while (in < layout.length()) {
      int fraction = GoTimeLayout.fractionLength(layout, in);
      String part = fraction > 0 ? "" : GoTimeLayout.partAt(layout, in);
      if (fraction > 0) {
        fraction(layout.charAt(in + 1) == '9');
        in += fraction;
      } else if (part.isEmpty()) {
        literal(layout.charAt(in));
        in++;
      } else {
        part(part);
        in += part.length();
        boolean seconds = part.equals("5") || part.equals("05");
        if (seconds && (in >= layout.length() || GoTimeLayout.fractionLength(layout, in) == 0)) {
          fraction(true);
        }
      }
    }
    if (at < text.length()) {
      throw misfit();
    }
    return time(otherwise);
  }

  private ZonedDateTime time(ZoneId otherwise) {
    int hours = twelveHours ? hour % 12 + (afternoon ? 12 : 0) : hour;
    LocalDate date =
        yearDay > 0 ? LocalDate.ofYearDay(year, yearDay) : LocalDate.of(year, month, day);
    ZoneId in = zone == null ? otherwise : zone;
    return LocalDateTime.of(date, LocalTime.of(hours, minute, second, nano)).atZone(in);
  }

  private DateTimeException misfit() {
    return new DateTimeException("cannot parse " + text);
  }

  private void literal(char c) {
    if (at >= text.length() || text.charAt(at) != c) {
      throw misfit();
    }
    at++;
  }

  private void part(String part) {
    switch (part) {
      case "2006" -> year = number(4, 4);
      case "06" -> {
        int two = number(2, 2);
        year = two >= 69 ? 1900 + two : 2000 + two;
      }
      case "01" -> month = number(2, 2);
      case "1" -> month = number(1, 2);
      case "January" -> month = month(TextStyle.FULL);
      case "Jan" -> month = month(TextStyle.SHORT);
      case "Monday", "Mon" -> weekday();
      case "02" -> day = number(2, 2);
      case "2", "_2" -> {
        skipBlank();
        day = number(1, 2);
      }
      case "002" -> yearDay = number(3, 3);
      case "__2" -> {
        skipBlank();
        skipBlank();
        yearDay = number(1, 3);
      }
      case "15" -> hour = number(2, 2);
      case "03" -> hour12(2);
      case "3" -> hour12(1);
      case "04" -> minute = number(2, 2);
      case "4" -> minute = number(1, 2);
      case "05" -> second = number(2, 2);
      case "5" -> second = number(1, 2);
      case "PM", "pm" -> {
        twelveHours = true;
        afternoon = text.regionMatches(true, at, "pm", 0, 2);
        if (!afternoon && !text.regionMatches(true, at, "am", 0, 2)) {
          throw misfit();
        }
        at += 2;
      }
      case "MST" -> zoneName();
      default -> offset(part);
    }
  }

  private void hour12(int digitsMin) {
    hour = number(digitsMin, 2);
  }

  private void skipBlank() {
    if (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }

  private int number(int digitsMin, int digitsMax) {
    int from = at;
    int value = 0;
    while (at < text.length() && at - from < digitsMax && isDigit(text.charAt(at))) {
      value = value * 10 + text.charAt(at++) - '0';
    }
    if (at - from < digitsMin) {
      throw misfit();
    }
    return value;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** A fraction of any length; an optional one may be missing. */
  private void fraction(boolean optional) {
    boolean point =
        at + 1 < text.length()
            && (text.charAt(at) == '.' || text.charAt(at) == ',')
            && isDigit(text.charAt(at + 1));
    if (!point) {
      if (optional) {
        return;
      }
      throw misfit();
    }
    at++;
    int digits = 0;
    int value = 0;
    while (at < text.length() && isDigit(text.charAt(at))) {
      if (digits < 9) {
        value = value * 10 + text.charAt(at) - '0';
        digits++;
      }
      at++;
    }
    for (; digits < 9; digits++) {
      value *= 10;
    }
    nano = value;
  }

  private int month(TextStyle style) {
    for (Month candidate : Month.values()) {
      String full = candidate.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      String name = style == TextStyle.FULL ? full : full.substring(0, 3);
      if (text.regionMatches(true, at, name, 0, name.length())) {
        at += name.length();
        return candidate.getValue();
      }
    }
    throw misfit();
  }

  private void weekday() {
    int from = at;
    while (at < text.length() && Character.isLetter(text.charAt(at))) {
      at++;
    }
    if (at == from) {
      throw misfit();
    }
  }

  private void zoneName() {
    int from = at;
    while (at < text.length() && text.charAt(at) >= 'A' && text.charAt(at) <= 'Z') {
      at++;
    }
    String name = text.substring(from, at);
    if (name.length() < 3) {
      throw misfit();
    }
    if (name.equals("UTC") || name.equals("GMT")) {
      zone = ZoneOffset.UTC;
    }
  }

  private void offset(String part) {
    if (part.startsWith("Z") && at < text.length() && text.charAt(at) == 'Z') {
      at++;
      zone = ZoneOffset.UTC;
      return;
    }
    if (at >= text.length() || (text.charAt(at) != '+' && text.charAt(at) != '-')) {
      throw misfit();
    }
    int sign = text.charAt(at++) == '-' ? -1 : 1;
    int seconds = number(2, 2) * 3600;
    if (part.length() > 3) {
      if (part.contains(":")) {
        literal(':');
      }
      seconds += number(2, 2) * 60;
    }
    if (part.length() > 6) {
      if (part.contains(":")) {
        literal(':');
      }
      seconds += number(2, 2);
    }
    zone = ZoneOffset.ofTotalSeconds(sign * seconds);
  }
}
