package io.ghostworks.promql.script;

import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.FloatHistogram.CounterReset;
import io.ghostworks.promql.text.FloatText;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A histogram literal such as {@code schema:1 count:6 buckets:[1 2 3]}.
 *
 * @param hintSet whether it names a hint about resets
 */
record HistogramDescription(FloatHistogram histogram, boolean hintSet) {
  private static final Pattern ENTRY =
      Pattern.compile("\\s*([a-z_]+):(?:\\[([^\\]]*)\\]|([^\\s\\[\\]]+))");
  private static final int[] NO_INTS = {};
  private static final double[] NO_DOUBLES = {};

  static HistogramDescription parse(String text) {
    Map<String, String> entries = new HashMap<>();
    Matcher matcher = ENTRY.matcher(text);
    int at = 0;
    while (matcher.find() && matcher.start() == at) {
      String value = matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
      if (entries.put(matcher.group(1), value) != null) {
        throw new IllegalArgumentException(
            "duplicate key \"%s\" in histogram".formatted(matcher.group(1)));
      }
      at = matcher.end();
    }
    if (!text.substring(at).isBlank()) {
      throw new IllegalArgumentException(
          "bad histogram descriptor found: \"%s\"".formatted(text.substring(at)));
    }
    String hint = entries.remove("counter_reset_hint");
    double[] positive = numbers(entries.remove("buckets"));
    double[] negative = numbers(entries.remove("n_buckets"));
    int offset = whole(entries.remove("offset"));
    int negativeOffset = whole(entries.remove("n_offset"));
    FloatHistogram histogram =
        new FloatHistogram(
            hint == null
                ? CounterReset.UNKNOWN
                : CounterReset.valueOf(hint.toUpperCase(Locale.ROOT)),
            whole(entries.remove("schema")),
            number(entries.remove("z_bucket_w")),
            number(entries.remove("z_bucket")),
            number(entries.remove("count")),
            number(entries.remove("sum")),
            positive.length == 0 ? NO_INTS : new int[] {offset},
            positive.length == 0 ? NO_INTS : new int[] {positive.length},
            positive,
            negative.length == 0 ? NO_INTS : new int[] {negativeOffset},
            negative.length == 0 ? NO_INTS : new int[] {negative.length},
            negative,
            numbers(entries.remove("custom_values")));
    if (!entries.isEmpty()) {
      throw new IllegalArgumentException("bad histogram descriptor found: " + entries.keySet());
    }
    return new HistogramDescription(histogram, hint != null);
  }

  private static double[] numbers(@org.jspecify.annotations.Nullable String text) {
    if (text == null || text.isBlank()) {
      return NO_DOUBLES;
    }
    String[] parts = text.strip().split("\\s+");
    double[] numbers = new double[parts.length];
    for (int i = 0; i < parts.length; i++) {
      numbers[i] = number(parts[i]);
    }
    return numbers;
  }

  private static double number(@org.jspecify.annotations.Nullable String text) {
    if (text == null) {
      return 0;
    }
    boolean minus = text.startsWith("-");
    double value = FloatText.parse(minus || text.startsWith("+") ? text.substring(1) : text);
    return minus ? -value : value;
  }

  private static int whole(@org.jspecify.annotations.Nullable String text) {
    return text == null ? 0 : Integer.parseInt(text);
  }
}
