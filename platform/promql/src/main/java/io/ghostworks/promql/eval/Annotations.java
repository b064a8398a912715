package io.ghostworks.promql.eval;

import io.ghostworks.promql.ast.PositionRange;
import io.ghostworks.promql.text.FloatText;
import io.ghostworks.promql.text.QuotedText;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a query has to say beside its result, in Prometheus's words. The same words count once, with
 * the position of the last of them. Notes may come from several threads; read when all are done.
 */
final class Annotations {
  private static final String WARNING = "PromQL warning: ";
  private static final String INFO = "PromQL info: ";
  private static final String MIX = "encountered a mix of histograms and floats for";

  private final Map<String, PositionRange> notes = new LinkedHashMap<>();
  private final Map<String, Monotonicity> forced = new LinkedHashMap<>();
  private final Map<String, Overlaps> overlaps = new LinkedHashMap<>();

  private long noted;

  private record Overlaps(int count, PositionRange position) {

    Overlaps and(Overlaps other) {
      return new Overlaps(count + other.count, other.position);
    }

    String in(String query) {
      return count > 1
          ? " (%d occurrences) (%s)".formatted(count, position.startIn(query))
          : " (%s)".formatted(position.startIn(query));
    }
  }

  /** The warnings with their positions in the query. */
  List<String> warnings(String query) {
    List<String> texts = texts(WARNING, query);
    overlaps.forEach((text, details) -> texts.add(text + details.in(query)));
    texts.sort(null);
    return texts;
  }

  /** The infos with their positions in the query. */
  List<String> infos(String query) {
    List<String> texts = texts(INFO, query);
    forced.forEach((text, details) -> texts.add(text + details.in(query)));
    texts.sort(null);
    return texts;
  }

  private List<String> texts(String kind, String query) {
    List<String> texts = new ArrayList<>();
    notes.forEach((text, position) -> {
      if (text.startsWith(kind)) {
        texts.add("%s (%s)".formatted(text, position.startIn(query)));
      }
    });
    texts.sort(null);
    return texts;
  }

  /** How often something was noted. */
  synchronized long noted() {
    return noted;
  }

  private synchronized void warn(String text, PositionRange position) {
    noted++;
    notes.put(WARNING + text, position);
  }

  private synchronized void inform(String text, PositionRange position) {
    noted++;
    notes.put(INFO + text, position);
  }

  private static String named(String text, String metricName) {
    return metricName.isEmpty() ? text : text + " for metric name " + QuotedText.quote(metricName);
  }

  private static String number(double value) {
    return FloatText.formatShort(value);
  }

  void invalidQuantile(double q, PositionRange position) {
    warn("quantile value should be between 0 and 1, got " + number(q), position);
  }

  void invalidRatio(double ratio, double capped, PositionRange position) {
    warn(
        "ratio value should be between -1 and 1, got %s, capping to %s"
            .formatted(number(ratio), number(capped)),
        position);
  }

  void badBucketLabel(String metricName, String label, PositionRange position) {
    warn(
        named(
            "bucket label \"le\" is missing or has a malformed value of " + QuotedText.quote(label),
            metricName),
        position);
  }

  void mixedFloatsHistograms(String metricName, PositionRange position) {
    warn(MIX + " metric name " + QuotedText.quote(metricName), position);
  }

  void mixedFloatsHistogramsInAggregation(PositionRange position) {
    warn(MIX + " aggregation", position);
  }

  synchronized void startOverlap(String metricName, PositionRange position) {
    noted++;
    overlaps.merge(
        WARNING
            + "sample has start time that overlaps with previous sample timestamp for metric "
            + QuotedText.quote(metricName),
        new Overlaps(1, position),
        Overlaps::and);
  }

  void mixedClassicNative(String metricName, PositionRange position) {
    warn(named("vector contains a mix of classic and native histograms", metricName), position);
  }

  void notCounter(String metricName, PositionRange position) {
    warn(
        "this native histogram metric is not a counter: " + QuotedText.quote(metricName), position);
  }

  void notGauge(String metricName, PositionRange position) {
    warn("this native histogram metric is not a gauge: " + QuotedText.quote(metricName), position);
  }

  void mixedSchemas(String metricName, PositionRange position) {
    warn(
        "vector contains a mix of histograms with exponential and custom buckets schemas for metric"
            + " name "
            + QuotedText.quote(metricName),
        position);
  }

  void incompatibleBuckets(String operator, PositionRange position) {
    warn("incompatible bucket layout encountered for binary operator " + operator, position);
  }

  void sortInRangeQuery(PositionRange position) {
    warn(
        "sort is ineffective for range queries since results are always ordered by labels",
        position);
  }

  void resetCollision(Operation operation, PositionRange position) {
    warn("conflicting counter resets during histogram " + operation.word(), position);
  }

  void reconciledBounds(Operation operation, PositionRange position) {
    inform("mismatched custom buckets were reconciled during " + operation.word(), position);
  }

  void possibleNonCounter(String metricName, PositionRange position) {
    inform(
        "metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "
            + QuotedText.quote(metricName),
        position);
  }

  void possibleNonCounterType(String metricName, String type, PositionRange position) {
    inform(
        "metric might not be a counter, __type__ label is not set to \"counter\" or \"histogram\","
            + " got %s: %s".formatted(QuotedText.quote(type), QuotedText.quote(metricName)),
        position);
  }

  void incompatibleTypes(String left, String operator, String right, PositionRange position) {
    inform(
        "incompatible sample types encountered for binary operator %s: %s %s %s"
            .formatted(QuotedText.quote(operator), left, operator, right),
        position);
  }

  void ignoredInAggregation(String aggregation, PositionRange position) {
    inform("ignored histogram in %s aggregation".formatted(aggregation), position);
  }

  void ignoredInMixedRange(String metricName, PositionRange position) {
    inform(
        "ignored histograms in a range containing both floats and histograms for metric name "
            + QuotedText.quote(metricName),
        position);
  }

  void quantileIsNan(String metricName, PositionRange position) {
    inform(
        named("input to histogram_quantile has NaN observations, result is NaN", metricName),
        position);
  }

  void quantileIsSkewed(String metricName, PositionRange position) {
    inform(
        named(
            "input to histogram_quantile has NaN observations, result is skewed higher",
            metricName),
        position);
  }

  void fractionWithoutNans(String metricName, PositionRange position) {
    inform(
        named(
            "input to histogram_fraction has NaN observations, which are excluded from all"
                + " fractions",
            metricName),
        position);
  }

  synchronized void forcedMonotonicity(
      String metricName, long timeMs, ClassicHistogram.Forced repaired, PositionRange position) {
    noted++;
    String text =
        INFO
            + named(
                "input to histogram_quantile needed to be fixed for monotonicity (see"
                    + " https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile)",
                metricName);
    Monotonicity now = new Monotonicity(timeMs, timeMs, repaired, 1, position);
    forced.merge(text, now, Monotonicity::and);
  }

  /** What histograms were combined for. */
  enum Operation {
    ADDITION,
    SUBTRACTION,
    AGGREGATION;

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private record Monotonicity(
      long firstMs,
      long lastMs,
      ClassicHistogram.Forced repaired,
      int samples,
      PositionRange position) {

    Monotonicity and(Monotonicity other) {
      return new Monotonicity(
          Math.min(firstMs, other.firstMs),
          Math.max(lastMs, other.lastMs),
          repaired.and(other.repaired),
          samples + other.samples,
          position);
    }

    String in(String query) {
      return ", from buckets %s to %s, with a max diff of %s, over %d samples from %s to %s (%s)"
          .formatted(
              number(repaired.lowest()),
              number(repaired.highest()),
              twoDigits(repaired.largestDifference()),
              samples,
              seconds(firstMs),
              seconds(lastMs),
              position.startIn(query));
    }

    private static String twoDigits(double value) {
      if (Double.isNaN(value) || Double.isInfinite(value) || value == 0) {
        return FloatText.format(value);
      }
      BigDecimal rounded = new BigDecimal(value).round(new MathContext(2));
      int exponent = rounded.precision() - rounded.scale() - 1;
      if (exponent < -4 || exponent >= 2) {
        String digits = rounded.stripTrailingZeros().unscaledValue().toString();
        String sign = exponent < 0 ? "-" : "+";
        return "%s%se%s%02d"
            .formatted(
                digits.charAt(0),
                digits.length() > 1 ? "." + digits.substring(1) : "",
                sign,
                Math.abs(exponent));
      }
      return rounded.stripTrailingZeros().toPlainString();
    }

    private static String seconds(long timeMs) {
      return Instant.ofEpochSecond(timeMs / 1000).toString();
    }
  }
}
