package io.ghostworks.template;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;

/**
 * Go's time layouts, in which the reference time {@code Mon Jan 2 15:04:05 MST 2006} stands for the
 * parts of a time ({@code time/format.go}).
 */
final class GoTimeLayout {

  /** Longer ones first where one begins with another. */
  private static final List<String> PARTS =
      List.of(
          "January",
          "Jan",
          "Monday",
          "Mon",
          "MST",
          "2006",
          "002",
          "01",
          "02",
          "03",
          "04",
          "05",
          "06",
          "15",
          "-07:00:00",
          "-070000",
          "-07:00",
          "-0700",
          "-07",
          "Z07:00:00",
          "Z070000",
          "Z07:00",
          "Z0700",
          "Z07",
          "PM",
          "pm",
          "__2",
          "_2006",
          "_2",
          "1",
          "2",
          "3",
          "4",
          "5");

  private GoTimeLayout() {}

  static String month(ZonedDateTime time) {
    return time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
  }

  static String weekday(ZonedDateTime time) {
    return time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
  }

  static String format(ZonedDateTime time, String layout) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < layout.length()) {
      int fraction = fractionLength(layout, at);
      if (fraction > 0) {
        appendFraction(out, time, layout.substring(at, at + fraction));
        at += fraction;
        continue;
      }
      String part = partAt(layout, at);
      if (part.isEmpty()) {
        out.append(layout.charAt(at++));
      } else {
        append(out, time, part);
        at += part.length();
      }
    }
    return out.toString();
  }

  static String partAt(String layout, int at) {
    for (String part : PARTS) {
      if (layout.startsWith(part, at)
          && !(part.equals("Jan") && isLower(layout, at + 3))
          && !(part.equals("Mon") && isLower(layout, at + 3))) {
        return part;
      }
    }
    return "";
  }

  private static boolean isLower(String layout, int at) {
    return at < layout.length() && layout.charAt(at) >= 'a' && layout.charAt(at) <= 'z';
  }

  /** The length of {@code .000} or {@code ,999} not followed by a digit, or 0. */
  static int fractionLength(String layout, int at) {
    if ((layout.charAt(at) != '.' && layout.charAt(at) != ',') || at + 1 >= layout.length()) {
      return 0;
    }
    char digit = layout.charAt(at + 1);
    if (digit != '0' && digit != '9') {
      return 0;
    }
    int end = at + 1;
    while (end < layout.length() && layout.charAt(end) == digit) {
      end++;
    }
    boolean digitFollows =
        end < layout.length() && layout.charAt(end) >= '0' && layout.charAt(end) <= '9';
    return digitFollows ? 0 : end - at;
  }

  private static void appendFraction(StringBuilder out, ZonedDateTime time, String part) {
    int digits = Math.min(9, part.length() - 1);
    String fraction = "%09d".formatted(time.getNano()).substring(0, digits);
    if (part.charAt(1) == '9') {
      fraction = fraction.replaceAll("0+$", "");
      if (fraction.isEmpty()) {
        return;
      }
    }
    out.append(part.charAt(0)).append(fraction);
  }

  private static void append(StringBuilder out, ZonedDateTime time, String part) {
    int hour12 = time.getHour() % 12 == 0 ? 12 : time.getHour() % 12;
    switch (part) {
      case "January" -> out.append(month(time));
      case "Jan" -> out.append(month(time), 0, 3);
      case "Monday" -> out.append(weekday(time));
      case "Mon" -> out.append(weekday(time), 0, 3);
      case "MST" -> out.append(zoneName(time));
      case "2006" -> out.append("%04d".formatted(time.getYear()));
      case "_2006" -> out.append("_%04d".formatted(time.getYear()));
      case "06" -> out.append("%02d".formatted(time.getYear() % 100));
      case "01" -> out.append("%02d".formatted(time.getMonthValue()));
      case "1" -> out.append(time.getMonthValue());
      case "02" -> out.append("%02d".formatted(time.getDayOfMonth()));
      case "_2" -> out.append("%2d".formatted(time.getDayOfMonth()));
      case "2" -> out.append(time.getDayOfMonth());
      case "002" -> out.append("%03d".formatted(time.getDayOfYear()));
      case "__2" -> out.append("%3d".formatted(time.getDayOfYear()));
      case "15" -> out.append("%02d".formatted(time.getHour()));
      case "03" -> out.append("%02d".formatted(hour12));
      case "3" -> out.append(hour12);
      case "04" -> out.append("%02d".formatted(time.getMinute()));
      case "4" -> out.append(time.getMinute());
      case "05" -> out.append("%02d".formatted(time.getSecond()));
      case "5" -> out.append(time.getSecond());
      case "PM" -> out.append(time.getHour() >= 12 ? "PM" : "AM");
      case "pm" -> out.append(time.getHour() >= 12 ? "pm" : "am");
      default -> appendOffset(out, time, part);
    }
  }

  private static void appendOffset(StringBuilder out, ZonedDateTime time, String part) {
    int seconds = time.getOffset().getTotalSeconds();
    if (part.charAt(0) == 'Z' && seconds == 0) {
      out.append('Z');
      return;
    }
    int size = Math.abs(seconds);
    String separator = part.contains(":") ? ":" : "";
    out.append(seconds < 0 ? '-' : '+').append("%02d".formatted(size / 3600));
    if (part.length() > 3) {
      out.append(separator).append("%02d".formatted(size / 60 % 60));
    }
    if (part.length() > 6) {
      out.append(separator).append("%02d".formatted(size % 60));
    }
  }

  private static String zoneName(ZonedDateTime time) {
    ZoneId zone = time.getZone();
    if (zone instanceof ZoneOffset offset) {
      if (offset.getTotalSeconds() == 0) {
        return "UTC";
      }
      StringBuilder out = new StringBuilder();
      appendOffset(out, time, offset.getTotalSeconds() % 3600 == 0 ? "-07" : "-0700");
      return out.toString();
    }
    String name = java.time.format.DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH).format(time);
    if (name.matches("[A-Z]{2,5}")) {
      return name;
    }
    StringBuilder out = new StringBuilder();
    appendOffset(out, time, time.getOffset().getTotalSeconds() % 3600 == 0 ? "-07" : "-0700");
    return out.toString();
  }
}
