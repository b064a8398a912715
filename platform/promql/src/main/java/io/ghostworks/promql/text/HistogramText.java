package io.ghostworks.promql.text;

import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.FloatHistogram.CounterReset;
import io.ghostworks.query.histogram.BucketSide;
import io.ghostworks.query.histogram.MutableHistogram;
import java.util.Locale;
import java.util.StringJoiner;

/** Native histograms as text. */
public final class HistogramText {

  private HistogramText() {}

  /** As Prometheus prints a histogram: {@code {count:4, sum:5, (1,2]:4}}. */
  public static String format(FloatHistogram histogram) {
    StringBuilder out = new StringBuilder("{count:").append(number(histogram.count()));
    out.append(", sum:").append(number(histogram.sum()));
    MutableHistogram layout = MutableHistogram.of(histogram);
    for (int i = layout.negative().size() - 1; i >= 0; i--) {
      int index = layout.negative().index(i);
      bucket(-layout.bound(index), -layout.bound(index - 1), layout.negative().count(i), "[)", out);
    }
    if (histogram.zeroCount() != 0) {
      bucket(
          -histogram.zeroThreshold(), histogram.zeroThreshold(), histogram.zeroCount(), "[]", out);
    }
    for (int i = 0; i < layout.positive().size(); i++) {
      int index = layout.positive().index(i);
      String brackets = histogram.usesCustomBuckets() && index == 0 ? "[]" : "(]";
      bucket(
          layout.bound(index - 1), layout.bound(index), layout.positive().count(i), brackets, out);
    }
    return out.append('}').toString();
  }

  private static void bucket(
      double lower, double upper, double count, String brackets, StringBuilder out) {
    if (count != 0) {
      out.append(", ")
          .append(brackets.charAt(0))
          .append(number(lower))
          .append(',')
          .append(number(upper))
          .append(brackets.charAt(1))
          .append(':')
          .append(number(count));
    }
  }

  /** As the scripts of promqltest write a histogram: {@code {{count:4 buckets:[4]}}}. */
  public static String testExpression(FloatHistogram histogram) {
    StringJoiner out = new StringJoiner(" ", "{{", "}}");
    add("schema", histogram.schema(), out);
    add("count", histogram.count(), out);
    add("sum", histogram.sum(), out);
    add("z_bucket", histogram.zeroCount(), out);
    add("z_bucket_w", histogram.zeroThreshold(), out);
    if (histogram.usesCustomBuckets()) {
      out.add("custom_values:" + list(histogram.customBounds()));
    }
    if (histogram.counterReset() != CounterReset.UNKNOWN) {
      out.add("counter_reset_hint:" + histogram.counterReset().name().toLowerCase(Locale.ROOT));
    }
    MutableHistogram layout = MutableHistogram.of(histogram).compact();
    side("offset", "buckets", layout.positive(), out);
    side("n_offset", "n_buckets", layout.negative(), out);
    return out.toString();
  }

  private static void add(String key, double value, StringJoiner out) {
    if (value != 0) {
      out.add(key + ":" + number(value));
    }
  }

  private static void side(String offset, String buckets, BucketSide side, StringJoiner out) {
    if (side.size() == 0) {
      return;
    }
    int first = side.index(0);
    double[] counts = new double[side.index(side.size() - 1) - first + 1];
    for (int i = 0; i < side.size(); i++) {
      counts[side.index(i) - first] = side.count(i);
    }
    add(offset, first, out);
    out.add(buckets + ":" + list(counts));
  }

  private static String list(double[] values) {
    StringJoiner out = new StringJoiner(" ", "[", "]");
    for (double value : values) {
      out.add(number(value));
    }
    return out.toString();
  }

  private static String number(double value) {
    return FloatText.formatShort(value);
  }
}
