package io.ghostworks.logql.pipeline;

import io.ghostworks.logql.quantity.GoText;
import io.ghostworks.template.GoFunction;
import io.ghostworks.template.GoTime;
import io.ghostworks.template.TemplateException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Times in templates; where Go takes the machine's zone this takes UTC. */
final class TimeFunctions {
  private static final long SECOND = 1_000_000_000L;

  private TimeFunctions() {}

  static void addTo(Map<String, GoFunction> all) {
    all.put("now", GoFunction.of(0, a -> now()));
    all.put("date", GoFunction.of(2, a -> time(a.any(1)).format(a.text(0))));
    all.put("toDate", GoFunction.of(2, a -> parse(a.text(0), a.text(1), ZoneOffset.UTC)));
    all.put("toDateInZone", GoFunction.of(3, a -> parse(a.text(0), a.text(2), zone(a.text(1)))));
    all.put("unixToTime", GoFunction.of(1, a -> unix(a.text(0))));
    all.put("unixEpoch", GoFunction.of(1, a -> Long.toString(argument(a).time().toEpochSecond())));
    all.put(
        "unixEpochMillis",
        GoFunction.of(1, a -> Long.toString(argument(a).time().toInstant().toEpochMilli())));
    all.put("unixEpochNanos", GoFunction.of(1, a -> Long.toString(nanos(argument(a)))));
  }

  private static GoTime now() {
    return new GoTime(Instant.now().atZone(ZoneOffset.UTC));
  }

  private static GoTime argument(GoFunction.Arguments arguments) {
    return arguments.object(0, GoTime.class, "time.Time");
  }

  private static long nanos(GoTime time) {
    return time.time().toEpochSecond() * SECOND + time.time().getNano();
  }

  /** What is no time is seconds since the epoch, or else now, as in sprig. */
  private static GoTime time(@Nullable Object value) {
    return switch (value) {
      case GoTime time -> new GoTime(time.time().withZoneSameInstant(ZoneOffset.UTC));
      case Long seconds -> new GoTime(Instant.ofEpochSecond(seconds).atZone(ZoneOffset.UTC));
      case null, default -> now();
    };
  }

  /** A text that does not fit is the zero time. */
  private static GoTime parse(String layout, String text, ZoneId zone) {
    GoTime time = GoTime.parse(layout, text, zone);
    return time == null ? GoTime.ZERO : time;
  }

  private static ZoneId zone(String name) {
    try {
      return name.isEmpty() || name.equals("Local") ? ZoneOffset.UTC : ZoneId.of(name);
    } catch (DateTimeException e) {
      return ZoneOffset.UTC;
    }
  }

  /** Days, seconds, milli-, micro- or nanoseconds, by the number of digits. */
  private static GoTime unix(String text) {
    long value;
    try {
      value = Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new TemplateException(
          "unable to parse time '%s': strconv.ParseInt: parsing %s: invalid syntax"
              .formatted(text, GoText.quote(text)),
          e);
    }
    return switch (text.length()) {
      case 5 -> GoTime.ofEpochNanos(value * 86_400 * SECOND);
      case 10 -> GoTime.ofEpochNanos(value * SECOND);
      case 13 -> GoTime.ofEpochNanos(value * 1_000_000);
      case 16 -> GoTime.ofEpochNanos(value * 1_000);
      case 19 -> GoTime.ofEpochNanos(value);
      default ->
          throw new TemplateException("unable to parse time '%s': %%!w(<nil>)".formatted(text));
    };
  }
}
