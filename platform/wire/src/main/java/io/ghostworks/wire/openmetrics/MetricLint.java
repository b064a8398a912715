package io.ghostworks.wire.openmetrics;

import com.google.re2j.Pattern;
import io.ghostworks.model.metric.MetricType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The advice about names, types and texts of metrics that promlint gives, in its words.
 *
 * <p>Source: Prometheus documentation, "Metric and label naming"; client_golang
 * prometheus/testutil/promlint.
 */
public final class MetricLint {
  private static final Pattern CAMEL_CASE = Pattern.compile("[a-z][A-Z]");
  private static final List<String> PREFIXES =
      List.of(
          "pico", "nano", "micro", "milli", "centi", "deci", "deca", "hecto", "kilo", "kibi",
          "mega", "mibi", "giga", "gibi", "tera", "tebi", "peta", "pebi");
  private static final List<String> ABBREVIATIONS =
      List.of("s", "ms", "us", "ns", "sec", "b", "kb", "mb", "gb", "tb", "pb", "m", "h", "d");
  private static final Map<String, String> BASE_UNITS =
      Map.ofEntries(
          Map.entry("amperes", "amperes"),
          Map.entry("bytes", "bytes"),
          Map.entry("celsius", "celsius"),
          Map.entry("grams", "grams"),
          Map.entry("joules", "joules"),
          Map.entry("kelvin", "kelvin"),
          Map.entry("meters", "meters"),
          Map.entry("metres", "metres"),
          Map.entry("seconds", "seconds"),
          Map.entry("volts", "volts"),
          Map.entry("minutes", "seconds"),
          Map.entry("hours", "seconds"),
          Map.entry("days", "seconds"),
          Map.entry("weeks", "seconds"),
          Map.entry("kelvins", "kelvin"),
          Map.entry("fahrenheit", "celsius"),
          Map.entry("rankine", "celsius"),
          Map.entry("inches", "meters"),
          Map.entry("yards", "meters"),
          Map.entry("miles", "meters"),
          Map.entry("bits", "bytes"),
          Map.entry("calories", "joules"),
          Map.entry("pounds", "grams"),
          Map.entry("ounces", "grams"));

  /**
   * One piece of advice.
   *
   * @param metric the family that it is about
   */
  public record Problem(String metric, String text) {}

  private final ExposedFamily family;
  private final List<Problem> problems;

  private MetricLint(ExposedFamily family, List<Problem> problems) {
    this.family = family;
    this.problems = problems;
  }

  /** All advice about some families, by metric and text. */
  public static List<Problem> of(List<ExposedFamily> families) {
    List<Problem> problems = new ArrayList<>();
    families.forEach(family -> new MetricLint(family, problems).all());
    problems.sort(Comparator.comparing(Problem::metric).thenComparing(Problem::text));
    return problems;
  }

  private void all() {
    if (!family.hasHelp()) {
      add("no help text");
    }
    units();
    counter();
    if (family.type() != MetricType.UNKNOWN) {
      reserved();
      typeInName();
    }
    if (family.name().contains(":")) {
      add("metric names should not contain ':'");
    }
    camelCase();
    abbreviations();
    duplicates();
  }

  private void add(String text) {
    problems.add(new Problem(family.name(), text));
  }

  private void units() {
    for (String part : family.name().split("_", -1)) {
      @Nullable String base = BASE_UNITS.get(part);
      for (int i = 0; base == null && i < PREFIXES.size(); i++) {
        if (part.startsWith(PREFIXES.get(i))) {
          base = BASE_UNITS.get(part.substring(PREFIXES.get(i).length()));
        }
      }
      if (base != null) {
        if (!base.equals(part)) {
          add("use base unit \"%s\" instead of \"%s\"".formatted(base, part));
        }
        return;
      }
    }
  }

  private void counter() {
    boolean total = family.name().endsWith("_total");
    boolean counter = family.type() == MetricType.COUNTER;
    if (counter && !total) {
      add("counter metrics should have \"_total\" suffix");
    } else if (total && !counter && family.type() != MetricType.UNKNOWN) {
      add("non-counter metrics should not have \"_total\" suffix");
    }
  }

  private void reserved() {
    boolean histogram = family.type() == MetricType.HISTOGRAM;
    boolean summary = family.type() == MetricType.SUMMARY;
    if (!histogram && family.name().endsWith("_bucket")) {
      add("non-histogram metrics should not have \"_bucket\" suffix");
    }
    for (String suffix : List.of("_count", "_sum")) {
      if (!histogram && !summary && family.name().endsWith(suffix)) {
        add(
            "non-histogram and non-summary metrics should not have \"%s\" suffix"
                .formatted(suffix));
      }
    }
    for (Map<String, String> metric : family.metrics()) {
      if (!histogram && metric.containsKey("le")) {
        add("non-histogram metrics should not have \"le\" label");
      }
      if (!summary && metric.containsKey("quantile")) {
        add("non-summary metrics should not have \"quantile\" label");
      }
    }
  }

  private void typeInName() {
    String name = family.name().toLowerCase(Locale.ROOT);
    String type = family.type().word();
    if (name.contains("_" + type + "_") || name.endsWith("_" + type)) {
      add("metric name should not include type '%s'".formatted(type));
    }
  }

  private void camelCase() {
    if (CAMEL_CASE.matcher(family.name()).find()) {
      add("metric names should be written in 'snake_case' not 'camelCase'");
    }
    for (Map<String, String> metric : family.metrics()) {
      for (String label : metric.keySet()) {
        if (CAMEL_CASE.matcher(label).find()) {
          add("label names should be written in 'snake_case' not 'camelCase'");
        }
      }
    }
  }

  private void abbreviations() {
    String name = family.name().toLowerCase(Locale.ROOT);
    for (String unit : ABBREVIATIONS) {
      if (name.contains("_" + unit + "_") || name.endsWith("_" + unit)) {
        add("metric names should not contain abbreviated units");
      }
    }
  }

  private void duplicates() {
    Map<Map<String, String>, Integer> times = new HashMap<>();
    for (Map<String, String> metric : family.metrics()) {
      if (times.merge(metric, 1, Integer::sum) > 1) {
        add("metric not unique");
      }
    }
  }
}
