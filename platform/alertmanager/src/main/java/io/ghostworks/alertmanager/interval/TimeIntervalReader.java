package io.ghostworks.alertmanager.interval;

import io.ghostworks.alertmanager.interval.TimeInterval.Range;
import io.ghostworks.alertmanager.interval.TimeInterval.TimeRange;
import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.ConfigNode;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@link TimeInterval}s; mistakes go to the findings, in Alertmanager's words. */
public final class TimeIntervalReader {

  private static final List<String> WEEKDAYS =
      List.of("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday");
  private static final List<String> MONTHS =
      List.of(
          "january",
          "february",
          "march",
          "april",
          "may",
          "june",
          "july",
          "august",
          "september",
          "october",
          "november",
          "december");
  private static final int DAYS_MAX = 31;
  private static final int SHORTEST_MONTH = 28;

  private TimeIntervalReader() {}

  /** The intervals in the list under a key, in its order; empty where it is absent. */
  public static List<TimeInterval> read(ConfigMap map, String key) {
    return map.maps(key).stream().map(TimeIntervalReader::interval).toList();
  }

  private static TimeInterval interval(ConfigMap map) {
    TimeInterval interval =
        new TimeInterval(
            times(map),
            ranges(map, "weekdays", TimeIntervalReader::weekdays),
            ranges(map, "days_of_month", TimeIntervalReader::daysOfMonth),
            ranges(map, "months", TimeIntervalReader::months),
            ranges(map, "years", TimeIntervalReader::years),
            location(map));
    map.rejectUnknownKeys();
    return interval;
  }

  private static @Nullable List<TimeRange> times(ConfigMap map) {
    if (!map.has("times")) {
      map.know("times");
      return null;
    }
    List<TimeRange> ranges = new ArrayList<>();
    for (ConfigMap range : map.maps("times")) {
      String start = range.string("start_time", "");
      String end = range.string("end_time", "");
      range.rejectUnknownKeys();
      try {
        ranges.add(timeRange(start, end));
      } catch (IllegalArgumentException e) {
        range.error(String.valueOf(e.getMessage()), "");
      }
    }
    return ranges;
  }

  private static TimeRange timeRange(String start, String end) {
    if (start.isEmpty() || end.isEmpty()) {
      throw new IllegalArgumentException("both start and end times must be provided");
    }
    TimeRange range = new TimeRange(minute(start), minute(end));
    if (range.startMinute() >= range.endMinute()) {
      throw new IllegalArgumentException("start time cannot be equal or greater than end time");
    }
    return range;
  }

  private static int minute(String text) {
    if (!text.matches("([01][0-9]|2[0-3]):[0-5][0-9]|24:00")) {
      throw new IllegalArgumentException(
          "couldn't parse timestamp %s, invalid format".formatted(text));
    }
    return Integer.parseInt(text.substring(0, 2)) * 60 + Integer.parseInt(text.substring(3));
  }

  @FunctionalInterface
  private interface Parser {
    /**
     * @throws IllegalArgumentException if the text is no such range
     */
    Range range(String text);
  }

  private static @Nullable List<Range> ranges(ConfigMap map, String key, Parser parser) {
    if (!map.has(key)) {
      map.know(key);
      return null;
    }
    List<Range> ranges = new ArrayList<>();
    for (ConfigNode item : map.list(key)) {
      if (item.isNull()) {
        ranges.add(new Range(0, 0)); // as a range that Go leaves unset
        continue;
      }
      Optional<String> text = map.text(item);
      try {
        text.ifPresent(given -> ranges.add(parser.range(given.toLowerCase(Locale.ROOT))));
      } catch (IllegalArgumentException e) {
        map.findings().error(item, String.valueOf(e.getMessage()), "");
      }
    }
    return ranges;
  }

  @FunctionalInterface
  private interface Member {
    long number(String text);
  }

  private static Range split(String text, Member member) {
    String[] parts = text.split(":", -1);
    if (parts.length > 2) {
      throw new IllegalArgumentException("couldn't parse range %s, invalid format".formatted(text));
    }
    return new Range(member.number(parts[0]), member.number(parts[parts.length - 1]));
  }

  private static Range weekdays(String text) {
    Range range =
        split(
            text,
            day -> {
              int index = WEEKDAYS.indexOf(day);
              if (index < 0) {
                throw new IllegalArgumentException("%s is not a valid weekday".formatted(day));
              }
              return index;
            });
    if (range.begin() > range.end()) {
      throw new IllegalArgumentException("start day cannot be before end day");
    }
    return range;
  }

  private static Range daysOfMonth(String text) {
    Range range = split(text, TimeIntervalReader::number);
    for (long day : new long[] {range.begin(), range.end()}) {
      if (day == 0 || day < -DAYS_MAX || day > DAYS_MAX) {
        throw new IllegalArgumentException(
            "%d is not a valid day of the month: out of range".formatted(day));
      }
    }
    if (range.begin() < 0 && range.end() > 0) {
      throw new IllegalArgumentException("end day must be negative if start day is negative");
    }
    if (inShortestMonth(range.begin()) > inShortestMonth(range.end())) {
      throw new IllegalArgumentException(
          "end day %d is always before start day %d".formatted(range.end(), range.begin()));
    }
    return range;
  }

  private static long inShortestMonth(long day) {
    return day < 0 ? SHORTEST_MONTH + day : day;
  }

  private static Range months(String text) {
    Range range =
        split(
            text,
            month -> {
              int index = MONTHS.indexOf(month);
              try {
                return index < 0 ? number(month) : index + 1;
              } catch (NumberFormatException e) {
                throw new IllegalArgumentException("%s is not a valid month".formatted(month), e);
              }
            });
    if (range.begin() > range.end()) {
      throw new IllegalArgumentException(
          "end month %s is before start month %s"
              .formatted(monthName(range.end()), monthName(range.begin())));
    }
    return range;
  }

  private static String monthName(long month) {
    return month >= 1 && month <= MONTHS.size() ? MONTHS.get((int) month - 1) : "";
  }

  private static Range years(String text) {
    Range range = split(text, TimeIntervalReader::number);
    if (range.begin() > range.end()) {
      throw new IllegalArgumentException(
          "end year %d is before start year %d".formatted(range.end(), range.begin()));
    }
    return range;
  }

  private static long number(String text) {
    if (!text.matches("[+-]?[0-9]+")) {
      throw new NumberFormatException("'%s' is not a number".formatted(text));
    }
    return Long.parseLong(text);
  }

  /** A place of the time zone database by Go's rules ({@code time.LoadLocation}). */
  private static @Nullable ZoneId location(ConfigMap map) {
    Optional<String> name = map.findString("location");
    if (name.isEmpty()) {
      return null;
    }
    return switch (name.get()) {
      case "", "UTC" -> ZoneOffset.UTC;
      case "Local" -> ZoneId.systemDefault();
      case String place when ZoneId.getAvailableZoneIds().contains(place) -> ZoneId.of(place);
      case String place when ZoneId.SHORT_IDS.containsKey(place) && isFixed(place) ->
          ZoneId.of(place, ZoneId.SHORT_IDS);
      default -> {
        map.error("location", "unknown time zone " + name.get(), "name a place as Europe/Berlin");
        yield null;
      }
    };
  }

  /** The three short names that the time zone database has; Java's others are its own. */
  private static boolean isFixed(String place) {
    return place.equals("EST") || place.equals("MST") || place.equals("HST");
  }
}
