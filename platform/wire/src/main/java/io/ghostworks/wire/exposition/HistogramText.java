package io.ghostworks.wire.exposition;

import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.FloatHistogram.CounterReset;
import io.ghostworks.wire.number.DecimalText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Native histograms as text, in the manner of the composite values of OpenMetrics 2.0, with
 * absolute counts and all that is stored of a histogram. No blanks; what is empty is left out.
 *
 * <pre>
 * {count:6,sum:12.5,schema:3,zero_threshold:0.001,zero_count:1,
 *  positive_spans:[-1:2],positive_buckets:[2,3],reset:not_reset}
 * </pre>
 *
 * <p>{@code reset} is {@code reset}, {@code not_reset} or {@code gauge}; {@code custom_values}
 * holds the bounds of schema −53.
 */
final class HistogramText {
  private static final int ITEMS_MAX = 1 << 16;

  private HistogramText() {}

  static void write(StringBuilder out, FloatHistogram h) {
    out.append("{count:").append(number(h.count()));
    out.append(",sum:").append(number(h.sum()));
    out.append(",schema:").append(h.schema());
    out.append(",zero_threshold:").append(number(h.zeroThreshold()));
    out.append(",zero_count:").append(number(h.zeroCount()));
    spans(out, "negative_spans", h.negativeSpanOffsets(), h.negativeSpanLengths());
    numbers(out, "negative_buckets", h.negativeCounts());
    spans(out, "positive_spans", h.positiveSpanOffsets(), h.positiveSpanLengths());
    numbers(out, "positive_buckets", h.positiveCounts());
    numbers(out, "custom_values", h.customBounds());
    if (h.counterReset() != CounterReset.UNKNOWN) {
      out.append(",reset:").append(h.counterReset().name().toLowerCase(Locale.ROOT));
    }
    out.append('}');
  }

  /** A number that is read back to the same bits: NaNs that are not Prometheus's by their bits. */
  static String number(double value) {
    long bits = Double.doubleToRawLongBits(value);
    return Double.isNaN(value) && bits != io.ghostworks.model.metric.Samples.NAN_BITS
        ? "0x%016x".formatted(bits)
        : DecimalText.general(value);
  }

  /**
   * A number as {@link #number} writes it.
   *
   * @throws NumberFormatException if it is none
   */
  static double parseNumber(String text) {
    if (text.length() == 18 && text.startsWith("0x")) {
      return Double.longBitsToDouble(Long.parseUnsignedLong(text.substring(2), 16));
    }
    double value =
        switch (text) {
          case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
          case "-Inf" -> Double.NEGATIVE_INFINITY;
          default -> Double.parseDouble(text);
        };
    return Double.isNaN(value)
        ? Double.longBitsToDouble(io.ghostworks.model.metric.Samples.NAN_BITS)
        : value;
  }

  private static void spans(StringBuilder out, String name, int[] offsets, int[] lengths) {
    if (offsets.length > 0) {
      out.append(',').append(name).append(":[");
      for (int i = 0; i < offsets.length; i++) {
        out.append(i == 0 ? "" : ",").append(offsets[i]).append(':').append(lengths[i]);
      }
      out.append(']');
    }
  }

  private static void numbers(StringBuilder out, String name, double[] values) {
    if (values.length > 0) {
      out.append(',').append(name).append(":[");
      for (int i = 0; i < values.length; i++) {
        out.append(i == 0 ? "" : ",").append(number(values[i]));
      }
      out.append(']');
    }
  }

  /**
   * A histogram from its text, braces included.
   *
   * @throws IllegalArgumentException if the text is none; the histogram's own rules are not checked
   */
  static FloatHistogram parse(String text) {
    Map<String, String> fields = fields(text);
    int[][] positive = spans(fields, "positive_spans");
    int[][] negative = spans(fields, "negative_spans");
    FloatHistogram histogram =
        new FloatHistogram(
            reset(fields.remove("reset")),
            (int) one(fields, "schema"),
            one(fields, "zero_threshold"),
            one(fields, "zero_count"),
            one(fields, "count"),
            one(fields, "sum"),
            positive[0],
            positive[1],
            numbers(fields, "positive_buckets"),
            negative[0],
            negative[1],
            numbers(fields, "negative_buckets"),
            numbers(fields, "custom_values"));
    if (!fields.isEmpty()) {
      throw new IllegalArgumentException(
          "a native histogram has no field '%s'".formatted(fields.keySet().iterator().next()));
    }
    return histogram;
  }

  private static Map<String, String> fields(String text) {
    Map<String, String> fields = new HashMap<>();
    int at = 1;
    while (at < text.length() - 1) {
      int colon = text.indexOf(':', at);
      if (colon < 0) {
        throw new IllegalArgumentException("a field of a native histogram has no ':'");
      }
      boolean list = text.startsWith("[", colon + 1);
      int end = text.indexOf(list ? ']' : ',', colon);
      end = list ? end + 1 : end < 0 ? text.length() - 1 : end;
      if (end <= colon
          || fields.put(text.substring(at, colon), text.substring(colon + 1, end)) != null) {
        throw new IllegalArgumentException("a field of a native histogram must come once and end");
      }
      at = end + 1;
    }
    return fields;
  }

  private static CounterReset reset(@org.jspecify.annotations.Nullable String word) {
    return word == null
        ? CounterReset.UNKNOWN
        : CounterReset.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private static double one(Map<String, String> fields, String name) {
    String text = fields.remove(name);
    if (text == null) {
      throw new IllegalArgumentException("a native histogram needs the field '%s'".formatted(name));
    }
    return parseNumber(text);
  }

  private static List<String> items(Map<String, String> fields, String name) {
    String text = fields.remove(name);
    if (text == null || text.equals("[]")) {
      return List.of();
    }
    if (!text.startsWith("[") || !text.endsWith("]")) {
      throw new IllegalArgumentException("'%s' must be a list".formatted(name));
    }
    List<String> items =
        new ArrayList<>(Arrays.asList(text.substring(1, text.length() - 1).split(",", -1)));
    if (items.size() > ITEMS_MAX) {
      throw new IllegalArgumentException(
          "'%s' may have at most %d items".formatted(name, ITEMS_MAX));
    }
    return items;
  }

  private static double[] numbers(Map<String, String> fields, String name) {
    return items(fields, name).stream().mapToDouble(HistogramText::parseNumber).toArray();
  }

  private static int[][] spans(Map<String, String> fields, String name) {
    List<String> items = items(fields, name);
    int[][] spans = new int[2][items.size()];
    for (int i = 0; i < items.size(); i++) {
      String[] pair = items.get(i).split(":", -1);
      if (pair.length != 2) {
        throw new IllegalArgumentException("'%s' must hold offset:length".formatted(name));
      }
      spans[0][i] = Integer.parseInt(pair[0]);
      spans[1][i] = Integer.parseInt(pair[1]);
    }
    return spans;
  }
}
