package io.ghostworks.server.tempo.diff;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When two values count as the same: durations within 20 % and 1 ms, attributes that are magnitudes
 * within 5 %, all else when it is equal.
 *
 * <p>Source: Tempo's {@code pkg/model/tracediff/numeric.go}, "Fixed tolerances".
 */
final class Tolerance {

  private static final double DURATION_SHARE = 0.20;
  private static final double DURATION_NANOS = 1_000_000;
  private static final double MAGNITUDE_SHARE = 0.05;

  /** Sizes in bytes, counts of tokens and durations among the semantic conventions. */
  private static final Set<String> MAGNITUDES =
      Set.of(
          "http.request.body.size",
          "http.request.size",
          "http.response.body.size",
          "http.response.size",
          "http.request_content_length",
          "http.request_content_length_uncompressed",
          "http.response_content_length",
          "http.response_content_length_uncompressed",
          "messaging.message.body.size",
          "messaging.message.envelope.size",
          "message.compressed_size",
          "message.uncompressed_size",
          "rpc.message.compressed_size",
          "rpc.message.uncompressed_size",
          "file.size",
          "gen_ai.usage.input_tokens",
          "gen_ai.usage.output_tokens",
          "gen_ai.usage.prompt_tokens",
          "gen_ai.usage.completion_tokens",
          "gen_ai.usage.cache_creation.input_tokens",
          "gen_ai.usage.cache_read.input_tokens",
          "gen_ai.usage.reasoning.output_tokens",
          "gen_ai.response.time_to_first_chunk",
          "app.jank.period");

  private Tolerance() {}

  static boolean sameDuration(long aNanos, long bNanos) {
    return close(aNanos, bNanos, DURATION_SHARE, DURATION_NANOS);
  }

  static boolean sameAttribute(String key, @Nullable Object a, @Nullable Object b) {
    if (MAGNITUDES.contains(key) && a instanceof Number x && b instanceof Number y) {
      return close(x.doubleValue(), y.doubleValue(), MAGNITUDE_SHARE, 0);
    }
    return same(a, b);
  }

  private static boolean close(double a, double b, double share, double absolute) {
    if (Double.isNaN(a) || Double.isNaN(b)) {
      return Double.isNaN(a) && Double.isNaN(b);
    }
    if (Double.isInfinite(a) || Double.isInfinite(b)) {
      return a == b;
    }
    return Math.abs(a - b) <= absolute + share * Math.max(Math.abs(a), Math.abs(b));
  }

  private static boolean same(@Nullable Object a, @Nullable Object b) {
    if (a == null || b == null) {
      return a == null && b == null;
    }
    return switch (a) {
      case Long x when b instanceof Long y -> x.longValue() == y.longValue();
      case Number x when b instanceof Number y -> close(x.doubleValue(), y.doubleValue(), 0, 0);
      case byte[] x when b instanceof byte[] y -> Arrays.equals(x, y);
      case List<?> x when b instanceof List<?> y -> sameList(x, y);
      case Map<?, ?> x when b instanceof Map<?, ?> y -> sameMap(x, y);
      default -> a.equals(b);
    };
  }

  private static boolean sameList(List<?> a, List<?> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!same(a.get(i), b.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameMap(Map<?, ?> a, Map<?, ?> b) {
    return a.keySet().equals(b.keySet())
        && a.keySet().stream().allMatch(key -> same(a.get(key), b.get(key)));
  }
}
