package io.ghostworks.template;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/** Go's {@code time.Time}: a point in time with a zone. */
public record GoTime(ZonedDateTime time) implements GoObject {

  /** How {@code String} prints. */
  private static final String PRINTED = "2006-01-02 15:04:05.999999999 -0700 MST";

  /** Go's zero time, the first of January of the year 1. */
  public static final GoTime ZERO =
      new GoTime(ZonedDateTime.of(1, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC));

  /** A time in UTC. */
  public static GoTime ofEpochNanos(long nanos) {
    return new GoTime(
        Instant.ofEpochSecond(
                Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L))
            .atZone(ZoneOffset.UTC));
  }

  @Override
  public String typeName() {
    return "time.Time";
  }

  @Override
  public @Nullable Member member(String name) {
    return switch (name) {
      case "Format" -> Member.method(1, a -> format(a.text(0)));
      case "String" -> Member.method(0, a -> print());
      case "Unix" -> Member.method(0, a -> time.toEpochSecond());
      case "UnixMilli" -> Member.method(0, a -> time.toInstant().toEpochMilli());
      case "UnixMicro" ->
          Member.method(0, a -> time.toEpochSecond() * 1_000_000 + time.getNano() / 1_000);
      case "UnixNano" ->
          Member.method(0, a -> time.toEpochSecond() * 1_000_000_000 + time.getNano());
      case "UTC" -> Member.method(0, a -> new GoTime(time.withZoneSameInstant(ZoneOffset.UTC)));
      case "Local" ->
          Member.method(0, a -> new GoTime(time.withZoneSameInstant(ZoneId.systemDefault())));
      case "Add" -> Member.method(1, a -> new GoTime(time.plusNanos(a.duration(0).nanos())));
      case "AddDate" ->
          Member.method(
              3,
              a ->
                  new GoTime(
                      time.plusYears(a.integer(0))
                          .plusMonths(a.integer(1))
                          .plusDays(a.integer(2))));
      case "Sub" -> Member.method(1, a -> since(other(a)));
      case "Before" -> Member.method(1, a -> time.isBefore(other(a).time));
      case "After" -> Member.method(1, a -> time.isAfter(other(a).time));
      case "Equal" -> Member.method(1, a -> time.isEqual(other(a).time));
      case "IsZero" -> Member.method(0, a -> time.isEqual(ZERO.time));
      case "Year" -> Member.method(0, a -> (long) time.getYear());
      case "Month" ->
          Member.method(
              0, a -> new Named("time.Month", GoTimeLayout.month(time), time.getMonthValue()));
      case "Weekday" ->
          Member.method(
              0,
              a ->
                  new Named(
                      "time.Weekday",
                      GoTimeLayout.weekday(time),
                      time.getDayOfWeek().getValue() % 7));
      case "Day" -> Member.method(0, a -> (long) time.getDayOfMonth());
      case "YearDay" -> Member.method(0, a -> (long) time.getDayOfYear());
      case "Hour" -> Member.method(0, a -> (long) time.getHour());
      case "Minute" -> Member.method(0, a -> (long) time.getMinute());
      case "Second" -> Member.method(0, a -> (long) time.getSecond());
      case "Nanosecond" -> Member.method(0, a -> (long) time.getNano());
      default -> null;
    };
  }

  private static GoTime other(GoFunction.Arguments arguments) {
    return arguments.object(0, GoTime.class, "time.Time");
  }

  /** How long after another time this one is. */
  public GoDuration since(GoTime earlier) {
    return new GoDuration(java.time.Duration.between(earlier.time, time).toNanos());
  }

  /** As {@code time.Time.Format} does it with a layout. */
  public String format(String layout) {
    return GoTimeLayout.format(time, layout);
  }

  /**
   * The time that a text is in a layout, as {@code time.ParseInLocation} reads it; null where it
   * does not fit.
   *
   * @param zone counts where the text names none
   */
  public static @Nullable GoTime parse(String layout, String text, ZoneId zone) {
    ZonedDateTime time = GoTimeParser.parse(layout, text, zone);
    return time == null ? null : new GoTime(time);
  }

  @Override
  public String print() {
    return format(PRINTED);
  }

  /** A month or a weekday: an integer type that prints as a name. */
  private record Named(String typeName, String name, long number) implements GoInteger {
    @Override
    public @Nullable Member member(String member) {
      return member.equals("String") ? Member.method(0, a -> name) : null;
    }

    @Override
    public String print() {
      return name;
    }
  }
}
