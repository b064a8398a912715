package io.ghostworks.wire.openmetrics;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks the samples of histograms and gauge histograms, metric by metric and time by time.
 *
 * <p>Source: OpenMetrics 1.0, "Histogram", "GaugeHistogram".
 */
final class BucketRules {
  private final String name;
  private double bound;
  private double value;
  private double count;
  private boolean hasBuckets;
  private boolean hasCount;
  private boolean hasSum;
  private boolean hasGaugeSum;
  private boolean negativeBuckets;
  private boolean negativeGaugeSum;

  BucketRules(String name) {
    this.name = name;
  }

  /** What is wrong, or "". */
  String violation(List<StrictSample> samples) {
    @Nullable Map<String, String> group = null;
    @Nullable BigDecimal time = null;
    for (StrictSample sample : samples) {
      Map<String, String> own =
          sample.name().equals(name + "_bucket")
              ? ExposedFamily.without(sample.labels(), "le")
              : sample.labels();
      if (!own.equals(group) || !isSame(time, sample.timestamp())) {
        String wrong = group == null ? "" : whole();
        if (!wrong.isEmpty()) {
          return wrong;
        }
        start();
      }
      group = own;
      time = sample.timestamp();
      String wrong = add(sample);
      if (!wrong.isEmpty()) {
        return wrong;
      }
    }
    return group == null ? "" : whole();
  }

  private void start() {
    bound = Double.NEGATIVE_INFINITY;
    value = 0;
    hasBuckets = false;
    hasCount = false;
    hasSum = false;
    hasGaugeSum = false;
    negativeBuckets = false;
    negativeGaugeSum = false;
  }

  private String add(StrictSample sample) {
    switch (sample.name().substring(name.length())) {
      case "_bucket" -> {
        String le = sample.labels().getOrDefault("le", "");
        double next = le.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(le);
        if (hasBuckets && next <= bound) {
          return "buckets must ascend";
        }
        if (sample.value() < value) {
          return "the values of buckets must not fall";
        }
        negativeBuckets |= next < 0;
        hasBuckets = true;
        bound = next;
        value = sample.value();
      }
      case "_count", "_gcount" -> {
        hasCount = true;
        count = sample.value();
      }
      case "_sum" -> hasSum = true;
      case "_gsum" -> {
        hasGaugeSum = true;
        negativeGaugeSum = sample.value() < 0;
      }
      default -> {}
    }
    return "";
  }

  private String whole() {
    if (!hasBuckets || bound != Double.POSITIVE_INFINITY) {
      return "the last bucket must be that of +Inf";
    }
    if (hasCount && count != value) {
      return "the count must be the value of the bucket +Inf";
    }
    if ((hasSum || hasGaugeSum) != hasCount) {
      return "sum and count must both be there, or none";
    }
    if (negativeBuckets && hasSum) {
      return "there must be no sum with negative buckets";
    }
    return !negativeBuckets && negativeGaugeSum
        ? "a sum of no negative buckets must not be negative"
        : "";
  }

  /** Whether two times are the same number, or both missing. */
  static boolean isSame(@Nullable BigDecimal time, @Nullable BigDecimal other) {
    if (time == null || other == null) {
      return time == null && other == null;
    }
    return time.compareTo(other) == 0;
  }
}
