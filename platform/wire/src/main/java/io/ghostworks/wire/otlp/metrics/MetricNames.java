package io.ghostworks.wire.otlp.metrics;

import io.ghostworks.model.record.MetricTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Names metrics: the one place where a name, unit and kind of OpenTelemetry become a family's name
 * of Prometheus. Immutable.
 *
 * <p>Source: the behaviour of github.com/prometheus/otlptranslator; OpenTelemetry specification,
 * "Prometheus and OpenMetrics Compatibility".
 */
public final class MetricNames {
  private static final Map<String, String> UNITS =
      Map.ofEntries(
          Map.entry("d", "days"),
          Map.entry("h", "hours"),
          Map.entry("min", "minutes"),
          Map.entry("s", "seconds"),
          Map.entry("ms", "milliseconds"),
          Map.entry("us", "microseconds"),
          Map.entry("ns", "nanoseconds"),
          Map.entry("By", "bytes"),
          Map.entry("KiBy", "kibibytes"),
          Map.entry("MiBy", "mebibytes"),
          Map.entry("GiBy", "gibibytes"),
          Map.entry("TiBy", "tibibytes"),
          Map.entry("KBy", "kilobytes"),
          Map.entry("MBy", "megabytes"),
          Map.entry("GBy", "gigabytes"),
          Map.entry("TBy", "terabytes"),
          Map.entry("m", "meters"),
          Map.entry("V", "volts"),
          Map.entry("A", "amperes"),
          Map.entry("J", "joules"),
          Map.entry("W", "watts"),
          Map.entry("g", "grams"),
          Map.entry("Cel", "celsius"),
          Map.entry("Hz", "hertz"),
          Map.entry("1", ""),
          Map.entry("%", "percent"));
  private static final Map<String, String> PER_UNITS =
      Map.of(
          "s", "second", "m", "minute", "h", "hour", "d", "day", "w", "week", "mo", "month", "y",
          "year");

  private final TranslationStrategy strategy;
  private final String namespace;

  /**
   * @param namespace put in front of every name, or ""
   */
  public MetricNames(TranslationStrategy strategy, String namespace) {
    this.strategy = strategy;
    this.namespace = namespace;
  }

  /**
   * The family's name.
   *
   * @throws IllegalArgumentException if nothing is left of the name
   */
  public String family(String name, String unit, MetricTable.Kind kind, boolean isMonotonic) {
    boolean isCounter = kind == MetricTable.Kind.SUM && isMonotonic;
    boolean isRatio = kind == MetricTable.Kind.GAUGE && unit.equals("1");
    if (!strategy.escapes()) {
      return withCharactersKept(name, unit, isCounter, isRatio);
    }
    String family =
        strategy.addsSuffixes() ? tokenized(name, unit, isCounter, isRatio) : escaped(name);
    if (family.isEmpty()) {
      throw new IllegalArgumentException(
          "normalization for metric \"%s\" resulted in empty name".formatted(name));
    }
    if (!family.equals(name) && family.chars().allMatch(c -> c == '_')) {
      throw new IllegalArgumentException(
          "normalization for metric \"%s\" resulted in invalid name \"%s\""
              .formatted(name, family));
    }
    return family;
  }

  /** The unit as metadata give it. */
  public static String unit(String unit) {
    String main = cleaned(mainUnit(unit));
    String per = cleaned(perUnit(unit));
    String both = !main.isEmpty() && !per.isEmpty() ? main + "_" + per : main + per;
    String begun = both.startsWith("_") ? both.substring(1) : both;
    return begun.endsWith("_") ? begun.substring(0, begun.length() - 1) : begun;
  }

  private String tokenized(String name, String unit, boolean isCounter, boolean isRatio) {
    List<String> tokens = tokens(name, false);
    addUnits(tokens, cleaned(mainUnit(unit)), cleaned(perUnit(unit)));
    if (isCounter) {
      moveToEnd(tokens, "total");
    }
    if (isRatio) {
      moveToEnd(tokens, "ratio");
    }
    if (!namespace.isEmpty()) {
      tokens.add(0, namespace);
    }
    return withoutLeadingDigit(String.join("_", tokens));
  }

  private String escaped(String name) {
    String joined = String.join("_", tokens(name, true));
    return namespace.isEmpty()
        ? withoutLeadingDigit(joined)
        : String.join("_", tokens(namespace, true)) + "_" + joined;
  }

  private String withCharactersKept(
      String original, String unit, boolean isCounter, boolean isRatio) {
    String name = namespace.isEmpty() ? original : namespace + "_" + original;
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a metric must have a name");
    }
    if (!strategy.addsSuffixes()) {
      return name;
    }
    StringBuilder suffix = new StringBuilder();
    if (isRatio) {
      name = withoutSuffix(name, "ratio");
      suffix.append("_ratio");
    }
    if (isCounter) {
      name = withoutSuffix(name, "total");
      suffix.insert(0, "_total");
    }
    String per = perUnit(unit);
    if (!per.isEmpty()) {
      name = withoutSuffix(name, per);
      suffix.insert(0, "_" + per);
    }
    String main = mainUnit(unit);
    if (!main.isEmpty() && !name.endsWith(main)) {
      name = name + "_" + main;
    }
    return name + suffix;
  }

  /** Drops a suffix and the character before it. */
  private static String withoutSuffix(String name, String suffix) {
    return name.endsWith(suffix) && name.length() > suffix.length() + 1
        ? name.substring(0, name.length() - suffix.length() - 1)
        : name;
  }

  private static void addUnits(List<String> tokens, String mainUnit, String perUnit) {
    String main = tokens.contains(mainUnit) ? "" : mainUnit;
    String per = perUnit.equals("per_") ? "" : withoutTrailingUnderscore(perUnit);
    if (tokens.contains(per)) {
      per = "";
    }
    if (!per.isEmpty()) {
      main = withoutTrailingUnderscore(main);
    }
    if (!main.isEmpty()) {
      tokens.add(main);
    }
    if (!per.isEmpty()) {
      tokens.add(per);
    }
  }

  private static void moveToEnd(List<String> tokens, String token) {
    tokens.removeAll(Collections.singleton(token));
    tokens.add(token);
  }

  private static String withoutTrailingUnderscore(String text) {
    return text.endsWith("_") ? text.substring(0, text.length() - 1) : text;
  }

  private static String withoutLeadingDigit(String name) {
    return !name.isEmpty() && name.charAt(0) >= '0' && name.charAt(0) <= '9' ? "_" + name : name;
  }

  private static List<String> tokens(String name, boolean keepUnderscores) {
    List<String> tokens = new ArrayList<>();
    int start = -1;
    for (int i = 0; i <= name.length(); i++) {
      boolean inside =
          i < name.length()
              && (isLegacy(name.charAt(i)) || (keepUnderscores && name.charAt(i) == '_'));
      if (inside && start < 0) {
        start = i;
      } else if (!inside && start >= 0) {
        tokens.add(name.substring(start, i));
        start = -1;
      }
    }
    return tokens;
  }

  private static boolean isLegacy(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ':';
  }

  private static String mainUnit(String unit) {
    int slash = unit.indexOf('/');
    String main = (slash < 0 ? unit : unit.substring(0, slash)).strip();
    return main.isEmpty() || hasBraces(main) ? "" : UNITS.getOrDefault(main, main);
  }

  private static String perUnit(String unit) {
    int slash = unit.indexOf('/');
    String per = slash < 0 ? "" : unit.substring(slash + 1).strip();
    String named = per.isEmpty() || hasBraces(per) ? "" : PER_UNITS.getOrDefault(per, per);
    return named.isEmpty() ? "" : "per_" + named;
  }

  private static boolean hasBraces(String unit) {
    return unit.indexOf('{') >= 0 || unit.indexOf('}') >= 0;
  }

  /** With everything outside the legacy set as single underscores, and none in front. */
  private static String cleaned(String unit) {
    StringBuilder out = new StringBuilder();
    unit.codePoints()
        .forEach(c -> {
          boolean legacy = c < 0x80 && isLegacy((char) c);
          boolean repeated = !out.isEmpty() && out.charAt(out.length() - 1) == '_';
          if (legacy) {
            out.append((char) c);
          } else if (!repeated) {
            out.append('_');
          }
        });
    return !out.isEmpty() && out.charAt(0) == '_' ? out.substring(1) : out.toString();
  }
}
