package io.ghostworks.bench.differential;

import java.util.List;
import java.util.Random;

/**
 * Random PromQL over the series of {@link RandomSeries}: selectors with matchers, offsets and
 * {@code @}, range functions and subqueries, aggregations, binary operators with their matching,
 * histogram functions. Most are valid; types are sometimes wrong, so that errors are compared too.
 */
final class RandomQueries {
  private static final List<String> RANGE_FUNCTIONS =
      List.of(
          "rate",
          "increase",
          "delta",
          "irate",
          "idelta",
          "changes",
          "resets",
          "deriv",
          "sum_over_time",
          "avg_over_time",
          "min_over_time",
          "max_over_time",
          "count_over_time",
          "last_over_time",
          "present_over_time",
          "absent_over_time",
          "stddev_over_time",
          "stdvar_over_time",
          "mad_over_time",
          "first_over_time",
          "ts_of_max_over_time",
          "ts_of_min_over_time",
          "ts_of_last_over_time",
          "ts_of_first_over_time");
  private static final List<String> VECTOR_FUNCTIONS =
      List.of(
          "abs",
          "ceil",
          "floor",
          "round",
          "sgn",
          "sqrt",
          "exp",
          "ln",
          "log2",
          "log10",
          "sort",
          "sort_desc",
          "timestamp",
          "absent",
          "minute",
          "hour",
          "day_of_week",
          "month",
          "year",
          "days_in_month",
          "deg",
          "rad",
          "sin",
          "cos",
          "tan",
          "atan",
          "sinh",
          "tanh",
          "acosh");
  private static final List<String> HISTOGRAM_FUNCTIONS =
      List.of(
          "histogram_count",
          "histogram_sum",
          "histogram_avg",
          "histogram_stddev",
          "histogram_stdvar");
  private static final List<String> AGGREGATIONS =
      List.of("sum", "avg", "min", "max", "count", "group", "stddev", "stdvar");
  private static final List<String> ARITHMETIC = List.of("+", "-", "*", "/", "%", "^", "atan2");
  private static final List<String> COMPARISONS = List.of("==", "!=", "<", "<=", ">", ">=");
  private static final List<String> LABELS = List.of("job", "instance", "path", "code", "le");
  private static final List<String> DURATIONS = List.of("1m", "2m", "5m", "10m", "47s", "3m20s");

  private final Random random;
  private final long startMs;
  private final long endMs;

  /**
   * @param startMs the time of the oldest samples
   * @param endMs the time of the newest samples
   */
  RandomQueries(long seed, long startMs, long endMs) {
    this.random = new Random(seed);
    this.startMs = startMs;
    this.endMs = endMs;
  }

  String next() {
    return random.nextInt(30) == 0 ? scalar(2) : vector(3);
  }

  private String vector(int depth) {
    if (depth == 0) {
      return selector();
    }
    return switch (random.nextInt(16)) {
      case 0, 1 -> selector();
      case 2, 3, 4 -> pick(RANGE_FUNCTIONS) + "(" + range(depth - 1) + ")";
      case 5, 6, 7 -> aggregation(depth - 1);
      case 8 -> pick(VECTOR_FUNCTIONS) + "(" + vector(depth - 1) + ")";
      case 9, 10 -> binary(depth - 1);
      case 11 -> histogram(depth - 1);
      case 12 -> parametrised(depth - 1);
      case 13 -> labels(depth - 1);
      case 14 -> set(depth - 1);
      default -> (random.nextBoolean() ? "-" : "") + "(" + vector(depth - 1) + ")";
    };
  }

  private String scalar(int depth) {
    return switch (random.nextInt(6)) {
      case 0 -> "time()";
      case 1 -> depth == 0 ? "1" : "scalar(" + vector(depth - 1) + ")";
      case 2 -> "pi()";
      case 3 ->
          depth == 0 ? "2" : scalar(depth - 1) + " " + pick(ARITHMETIC) + " " + scalar(depth - 1);
      case 4 -> Integer.toString(random.nextInt(20) - 5);
      default -> Double.toString(Math.rint(random.nextGaussian() * 100) / 100);
    };
  }

  private String metric() {
    return pick(
        pick(
            List.of(
                RandomSeries.COUNTERS,
                RandomSeries.COUNTERS,
                RandomSeries.GAUGES,
                RandomSeries.CLASSIC,
                RandomSeries.NATIVE,
                RandomSeries.MIXED)));
  }

  private String selector() {
    return metric() + matchers() + modifiers();
  }

  private String range(int depth) {
    String duration = pick(DURATIONS);
    if (depth > 0 && random.nextInt(5) == 0) {
      String step = random.nextBoolean() ? "" : pick(List.of("30s", "1m", "17s"));
      return "(" + vector(depth - 1) + ")[" + duration + ":" + step + "]" + modifiers();
    }
    return metric() + matchers() + "[" + duration + "]" + modifiers();
  }

  private String matchers() {
    return switch (random.nextInt(8)) {
      case 0 -> "{job=\"web\"}";
      case 1 -> "{instance=~\"[ab]:1\"}";
      case 2 -> "{path!=\"/\"}";
      case 3 -> "{code!~\"4..\",job=~\"web|batch\"}";
      case 4 -> "{path=~\"/.*\"}";
      default -> "";
    };
  }

  private String modifiers() {
    return switch (random.nextInt(14)) {
      case 0 -> " offset " + pick(DURATIONS);
      case 1 -> " offset -" + pick(DURATIONS);
      case 2 -> " @ " + (startMs + random.nextLong(endMs - startMs)) / 1000.0;
      case 3 -> " @ end()";
      case 4 -> " @ start() offset 1m";
      default -> "";
    };
  }

  private String aggregation(int depth) {
    String grouping =
        switch (random.nextInt(4)) {
          case 0 -> "";
          case 1 -> " without (" + pick(LABELS) + ")";
          case 2 -> " by (" + pick(LABELS) + ", " + pick(LABELS) + ")";
          default -> " by (" + pick(LABELS) + ")";
        };
    return switch (random.nextInt(12)) {
      case 0 -> "topk" + grouping + " (" + (1 + random.nextInt(3)) + ", " + vector(depth) + ")";
      case 1 -> "bottomk" + grouping + " (2, " + vector(depth) + ")";
      case 2 ->
          "quantile" + grouping + " (" + random.nextInt(12) / 10.0 + ", " + vector(depth) + ")";
      case 3 -> "count_values" + grouping + " (\"v\", round(" + vector(depth) + "))";
      default -> pick(AGGREGATIONS) + grouping + " (" + vector(depth) + ")";
    };
  }

  private String binary(int depth) {
    boolean comparison = random.nextInt(3) == 0;
    String operator = comparison ? pick(COMPARISONS) : pick(ARITHMETIC);
    String bool = comparison && random.nextBoolean() ? " bool" : "";
    if (random.nextBoolean()) {
      String left = random.nextBoolean() ? scalar(1) : vector(depth);
      return "(" + left + ") " + operator + bool + " (" + vector(depth) + ")";
    }
    String matching =
        switch (random.nextInt(5)) {
          case 0 -> " ignoring(le, code)";
          case 1 -> " on(instance, path)";
          case 2 -> " on(instance) group_left()";
          case 3 -> " on(instance) group_left(version) " + RandomSeries.INFO;
          default -> "";
        };
    return matching.endsWith(RandomSeries.INFO)
        ? "(" + vector(depth) + ") " + operator + bool + matching
        : "(" + vector(depth) + ") " + operator + bool + matching + " (" + vector(depth) + ")";
  }

  private String set(int depth) {
    return "("
        + vector(depth)
        + ") "
        + pick(List.of("and", "or", "unless"))
        + pick(List.of("", " on(instance)", " ignoring(path)"))
        + " ("
        + vector(depth)
        + ")";
  }

  private String histogram(int depth) {
    String phi = Double.toString(random.nextInt(11) / 10.0);
    return switch (random.nextInt(5)) {
      case 0 ->
          "histogram_quantile("
              + phi
              + ", sum by (le, "
              + pick(LABELS)
              + ") (rate(h_seconds_bucket["
              + pick(DURATIONS)
              + "])))";
      case 1 ->
          "histogram_quantile("
              + phi
              + ", rate("
              + pick(RandomSeries.NATIVE)
              + "["
              + pick(DURATIONS)
              + "]))";
      case 2 -> "histogram_fraction(0.2, " + random.nextInt(8) + ", " + vector(depth) + ")";
      case 3 -> "histogram_quantile(" + phi + ", " + vector(depth) + ")";
      default -> pick(HISTOGRAM_FUNCTIONS) + "(" + vector(depth) + ")";
    };
  }

  private String parametrised(int depth) {
    return switch (random.nextInt(8)) {
      case 0 -> "clamp(" + vector(depth) + ", -1, 10)";
      case 1 -> "clamp_max(" + vector(depth) + ", 5)";
      case 2 -> "round(" + vector(depth) + ", 0.3)";
      case 3 -> "quantile_over_time(0.7, " + range(depth) + ")";
      case 4 -> "predict_linear(" + range(depth) + ", 300)";
      case 5 -> "double_exponential_smoothing(" + range(depth) + ", 0.4, 0.3)";
      case 6 -> "vector(" + scalar(depth) + ")";
      default -> "clamp_min(" + vector(depth) + ", " + scalar(1) + ")";
    };
  }

  private String labels(int depth) {
    return switch (random.nextInt(4)) {
      case 0 -> "label_replace(" + vector(depth) + ", \"x\", \"$1\", \"instance\", \"(.).*\")";
      case 1 -> "label_join(" + vector(depth) + ", \"y\", \"-\", \"job\", \"instance\")";
      case 2 -> "sort_by_label(" + vector(depth) + ", \"instance\")";
      default -> "info(" + vector(depth) + ")";
    };
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
