package io.ghostworks.wire.openmetrics;

import io.ghostworks.model.metric.MetricType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks the lines of one family: metadata once and before samples, sample names and values that
 * its type allows, the samples of a metric together and in the order of time.
 *
 * <p>Source: OpenMetrics 1.0, "MetricFamily", "Metric Types", "Overall Structure".
 */
final class FamilyRules {
  private final String name;
  private @Nullable MetricType type;
  private @Nullable String unit;
  private boolean hasHelp;
  private final List<StrictSample> samples = new ArrayList<>();
  private final Set<Map<String, String>> groups = new HashSet<>();
  private final Set<String> seriesAtTime = new HashSet<>();
  private @Nullable Map<String, String> group;
  private @Nullable BigDecimal groupTime;

  FamilyRules(String name) {
    this.name = name;
  }

  /** A family of a sample before which no metadata stood. */
  static FamilyRules untyped(String name) {
    FamilyRules family = new FamilyRules(name);
    family.type = MetricType.UNKNOWN;
    return family;
  }

  String name() {
    return name;
  }

  /** The names that no other family may have samples of. */
  Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    names.add(name);
    suffixes().forEach(suffix -> names.add(name + suffix));
    return names;
  }

  private List<String> suffixes() {
    return switch (type()) {
      case COUNTER -> List.of("_total", "_created");
      case SUMMARY -> List.of("", "_count", "_sum", "_created");
      case HISTOGRAM -> List.of("_count", "_sum", "_bucket", "_created");
      case GAUGEHISTOGRAM -> List.of("_gcount", "_gsum", "_bucket");
      case INFO -> List.of("_info");
      case GAUGE, STATESET, UNKNOWN -> List.of("");
    };
  }

  private MetricType type() {
    return type == null ? MetricType.UNKNOWN : type;
  }

  boolean takes(String sample) {
    return sample.startsWith(name) && suffixes().contains(sample.substring(name.length()));
  }

  void metadata(String word, String text, LineScanner line) {
    if (!samples.isEmpty()) {
      throw line.error("metadata must stand before the samples of their family");
    }
    switch (word) {
      case "HELP" -> {
        once(!hasHelp, "HELP", line);
        hasHelp = true;
      }
      case "TYPE" -> {
        once(type == null, "TYPE", line);
        type = typeOf(text, line);
      }
      case "UNIT" -> {
        once(unit == null, "UNIT", line);
        unit = text;
      }
      default -> throw line.error("metadata must be HELP, TYPE or UNIT");
    }
  }

  private static void once(boolean first, String word, LineScanner line) {
    if (!first) {
      throw line.error("a family must have one %s at most".formatted(word));
    }
  }

  private static MetricType typeOf(String word, LineScanner line) {
    for (MetricType candidate : MetricType.values()) {
      if (candidate.word().equals(word)) {
        return candidate;
      }
    }
    throw line.error("unknown type '%s'".formatted(word));
  }

  void sample(StrictSample sample, LineScanner line) {
    labels(sample, line);
    grouping(sample, line);
    values(sample, line);
    String suffix = sample.name().substring(name.length());
    boolean mayHaveExemplar =
        suffix.equals("_bucket")
            ? type() == MetricType.HISTOGRAM || type() == MetricType.GAUGEHISTOGRAM
            : suffix.equals("_total") && type() == MetricType.COUNTER;
    if (sample.hasExemplar() && !mayHaveExemplar) {
      throw line.error("only buckets and counters may have exemplars");
    }
  }

  private void labels(StrictSample sample, LineScanner line) {
    boolean plain = sample.name().equals(name);
    if (type() == MetricType.STATESET && !sample.labels().containsKey(name)) {
      throw line.error("a state must have the label '%s'".formatted(name));
    }
    if (sample.name().equals(name + "_bucket") && isDistribution()) {
      canonical(sample.labels().get("le"), "le", Double.NEGATIVE_INFINITY, line);
    }
    if (type() == MetricType.SUMMARY && plain) {
      double quantile = canonical(sample.labels().get("quantile"), "quantile", 0, line);
      if (quantile > 1) {
        throw line.error("a quantile must be in [0, 1]");
      }
    }
  }

  private boolean isDistribution() {
    return type() == MetricType.HISTOGRAM || type() == MetricType.GAUGEHISTOGRAM;
  }

  private static double canonical(
      @Nullable String text, String label, double least, LineScanner line) {
    double value = Double.NaN;
    try {
      value =
          text == null
              ? Double.NaN
              : text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw line.error("the label '%s' must be a number, got '%s'".formatted(label, text));
    }
    boolean infinity = value == Double.POSITIVE_INFINITY && !"+Inf".equals(text);
    if (!(value >= least) || infinity) {
      throw line.error("the label '%s' must be a number, got '%s'".formatted(label, text));
    }
    return value;
  }

  private Map<String, String> groupOf(StrictSample sample) {
    return switch (type()) {
      case INFO -> Map.of(); // Its labels do not tell which of them identify.
      case SUMMARY ->
          sample.name().equals(name)
              ? ExposedFamily.without(sample.labels(), "quantile")
              : sample.labels();
      case STATESET -> ExposedFamily.without(sample.labels(), name);
      case HISTOGRAM, GAUGEHISTOGRAM ->
          sample.name().equals(name + "_bucket")
              ? ExposedFamily.without(sample.labels(), "le")
              : sample.labels();
      case COUNTER, GAUGE, UNKNOWN -> sample.labels();
    };
  }

  private void grouping(StrictSample sample, LineScanner line) {
    Map<String, String> own = groupOf(sample);
    BigDecimal time = sample.timestamp();
    if (own.equals(group)) {
      if ((time == null) != (groupTime == null)) {
        throw line.error("the samples of a metric must all have timestamps, or none");
      }
      if (time != null
          && groupTime != null
          && groupTime.compareTo(time) > 0
          && type() != MetricType.INFO) {
        throw line.error("the timestamps of a metric must not go back");
      }
    } else {
      if (!groups.add(own)) {
        throw line.error("the samples of a metric must stand together");
      }
      seriesAtTime.clear();
    }
    boolean sameTime = BucketRules.isSame(time, groupTime);
    if (seriesAtTime.add(sample.name() + sample.labels()) || !sameTime) {
      samples.add(sample);
    }
    group = own;
    groupTime = time;
  }

  private void values(StrictSample sample, LineScanner line) {
    double value = sample.value();
    String suffix = sample.name().substring(name.length());
    boolean counts = List.of("_bucket", "_count", "_gcount").contains(suffix);
    if (counts && value != Math.rint(value)) {
      throw line.error("counts and buckets must be whole numbers");
    }
    if (type() == MetricType.STATESET && value != 0 && value != 1) {
      throw line.error("a state must be 0 or 1");
    }
    if (type() == MetricType.INFO && value != 1) {
      throw line.error("an info must have the value 1");
    }
    if (type() == MetricType.SUMMARY && suffix.isEmpty() && value < 0) {
      throw line.error("a quantile's value must not be negative");
    }
    boolean counter = counts || suffix.equals("_total") || suffix.equals("_sum");
    if ((counter || suffix.equals("_gsum")) && Double.isNaN(value)) {
      throw line.error("what counts must not be NaN");
    }
    if (counter && value < 0) {
      throw line.error("what counts must not be negative");
    }
  }

  /** What can only be told at the family's end. */
  void end(LineScanner line) {
    String given = unit == null ? "" : unit;
    if (!given.isEmpty() && !name.endsWith("_" + given)) {
      throw line.error("the unit '%s' must be the end of the name '%s'".formatted(given, name));
    }
    if (!given.isEmpty() && (type() == MetricType.INFO || type() == MetricType.STATESET)) {
      throw line.error("'%s' may have no unit, as its type has none".formatted(name));
    }
    if (isDistribution()) {
      String wrong = new BucketRules(name).violation(samples);
      if (!wrong.isEmpty()) {
        throw line.error("%s (family '%s')".formatted(wrong, name));
      }
    }
  }

  ExposedFamily exposed() {
    List<Map<String, String>> metrics = new ArrayList<>();
    Set<Map<String, String>> seen = new HashSet<>();
    int first = 0;
    Map<String, String> firstMetric = samples.isEmpty() ? Map.of() : groupOf(samples.getFirst());
    boolean composed = isDistribution() || type() == MetricType.SUMMARY;
    for (StrictSample sample : samples) {
      if (sample.name().endsWith("_created")) {
        continue;
      }
      Map<String, String> labels = composed ? groupOf(sample) : sample.labels();
      first += labels.equals(firstMetric) ? 1 : 0;
      if (seen.add(labels) || !composed) {
        metrics.add(labels);
      }
    }
    String shown = type() == MetricType.COUNTER ? name + "_total" : name;
    return new ExposedFamily(shown, type(), hasHelp, metrics, composed ? first : 1);
  }
}
