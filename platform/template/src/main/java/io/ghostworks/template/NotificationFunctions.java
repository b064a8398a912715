package io.ghostworks.template;

import io.ghostworks.runtime.time.Clock;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The functions of Alertmanager's notification templates ({@code template/template.go}). */
public final class NotificationFunctions {

  /** Enough for the alerts of a large group. */
  private static final int JSON_CHARS_MAX = 16 << 20;

  private NotificationFunctions() {}

  /** The functions by name; {@code now} and {@code since} ask the clock. */
  public static Map<String, GoFunction> with(Clock clock) {
    Map<String, GoFunction> all = new LinkedHashMap<>();
    CommonFunctions.addTo(all);
    addTexts(all);
    addTimes(all, clock);
    addCollections(all);
    return Map.copyOf(all);
  }

  private static void addTexts(Map<String, GoFunction> all) {
    all.put("title", GoFunction.of(1, a -> CommonFunctions.title(a.text(0), true)));
    all.put("trimSpace", GoFunction.of(1, a -> trimmed(a.text(0))));
    all.put("safeUrl", GoFunction.of(1, a -> new SafeUrl(a.text(0))));
    all.put("urlUnescape", GoFunction.of(1, a -> unescape(a.text(0))));
    all.put("toJson", GoFunction.of(1, a -> json(a.any(0))));
    all.put(
        "base64encode",
        GoFunction.of(
            1,
            a ->
                Base64.getUrlEncoder().encodeToString(a.text(0).getBytes(StandardCharsets.UTF_8))));
    all.put("base64decode", GoFunction.of(1, a -> base64(a.text(0))));
    all.put("routeLabels", GoFunction.of(1, a -> ""));
  }

  private static void addTimes(Map<String, GoFunction> all, Clock clock) {
    all.put("date", GoFunction.of(2, a -> time(a, 1).format(a.text(0))));
    all.put("tz", GoFunction.of(2, a -> inZone(a.text(0), time(a, 1))));
    all.put("toDate", GoFunction.of(2, a -> Objects.requireNonNullElse(date(a), GoTime.ZERO)));
    all.put("mustToDate", GoFunction.of(2, NotificationFunctions::mustToDate));
    all.put("now", GoFunction.of(0, a -> GoTime.ofEpochNanos(clock.epochNanos())));
    all.put(
        "since", GoFunction.of(1, a -> GoTime.ofEpochNanos(clock.epochNanos()).since(time(a, 0))));
  }

  private static @Nullable GoTime date(GoFunction.Arguments arguments) {
    return GoTime.parse(arguments.text(0), arguments.text(1), ZoneOffset.UTC);
  }

  private static GoTime mustToDate(GoFunction.Arguments arguments) {
    GoTime time = date(arguments);
    if (time == null) {
      throw new TemplateException(
          "parsing time %s as %s: cannot parse %s as %s"
              .formatted(
                  GoStrings.quote(arguments.text(1)),
                  GoStrings.quote(arguments.text(0)),
                  GoStrings.quote(arguments.text(1)),
                  GoStrings.quote(arguments.text(0))));
    }
    return time;
  }

  /** Without what Go counts as white space at either end ({@code unicode.IsSpace}). */
  private static String trimmed(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (to > from && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isSpace(char c) {
    return (c >= '\t' && c <= '\r') || c == '\u0085' || Character.isSpaceChar(c);
  }

  private static void addCollections(Map<String, GoFunction> all) {
    all.put("join", GoFunction.of(2, a -> join(a.text(0), a.list(1))));
    all.put("stringSlice", GoFunction.variadic(0, NotificationFunctions::texts));
    all.put("list", GoFunction.variadic(0, a -> new ArrayList<>(a.all())));
    all.put("append", GoFunction.variadic(1, NotificationFunctions::appended));
    all.put("dict", GoFunction.variadic(0, NotificationFunctions::dictionary));
  }

  private static String join(String separator, List<?> texts) {
    BoundedText out = new BoundedText();
    for (int i = 0; i < texts.size(); i++) {
      out.add(i == 0 ? "" : separator).add(String.valueOf(texts.get(i)));
    }
    return out.toString();
  }

  private static GoTime time(GoFunction.Arguments arguments, int index) {
    return arguments.object(index, GoTime.class, "time.Time");
  }

  private static GoTime inZone(String zone, GoTime time) {
    try {
      return new GoTime(time.time().withZoneSameInstant(ZoneId.of(zone.isEmpty() ? "UTC" : zone)));
    } catch (DateTimeException e) {
      throw new TemplateException("unknown time zone " + zone, e);
    }
  }

  private static String unescape(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new TemplateException("invalid URL escape in " + GoStrings.quote(text), e);
    }
  }

  private static String base64(String text) {
    try {
      return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new TemplateException("illegal base64 data: " + e.getMessage(), e);
    }
  }

  private static List<String> texts(GoFunction.Arguments arguments) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      all.add(arguments.text(i));
    }
    return all;
  }

  private static List<@Nullable Object> appended(GoFunction.Arguments arguments) {
    List<@Nullable Object> all = new ArrayList<>(arguments.list(0));
    all.addAll(arguments.all().subList(1, arguments.size()));
    return all;
  }

  private static AnyMap dictionary(GoFunction.Arguments arguments) {
    if (arguments.size() % 2 != 0) {
      throw new TemplateException("dict requires an even number of arguments");
    }
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    for (int i = 0; i < arguments.size(); i += 2) {
      if (!(arguments.any(i) instanceof String key)) {
        throw new TemplateException("dict keys must be strings");
      }
      all.put(key, arguments.any(i + 1));
    }
    return new AnyMap(all);
  }

  private static String json(@Nullable Object value) {
    BoundedText out = new BoundedText(JSON_CHARS_MAX);
    new GoJsonWriter(out::add).write(value);
    return out.toString();
  }

  /** An object that {@code toJson} writes. */
  public interface JsonObject extends GoObject {
    /** Its fields by their JSON names, in order. */
    Map<String, @Nullable Object> jsonFields();
  }
}
