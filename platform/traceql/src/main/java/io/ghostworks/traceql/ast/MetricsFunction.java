package io.ghostworks.traceql.ast;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The first stage of a metrics query: makes series of the matched spans. */
public sealed interface MetricsFunction {

  /** What is computed of the spans of a step. */
  enum Kind {
    RATE,
    COUNT_OVER_TIME,
    MIN_OVER_TIME,
    MAX_OVER_TIME,
    AVG_OVER_TIME,
    SUM_OVER_TIME,
    QUANTILE_OVER_TIME,
    HISTOGRAM_OVER_TIME;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Spans by labels and steps.
   *
   * @param attribute of what; null for {@link Kind#RATE} and {@link Kind#COUNT_OVER_TIME}
   * @param quantiles of {@link Kind#QUANTILE_OVER_TIME}; otherwise empty
   */
  record Aggregation(
      Kind kind, @Nullable Attribute attribute, List<Double> quantiles, List<Attribute> by)
      implements MetricsFunction {
    public Aggregation {
      quantiles = List.copyOf(quantiles);
      by = List.copyOf(by);
    }

    @Override
    public String toString() {
      String arguments = attribute == null ? "" : attribute.toString();
      if (kind == Kind.QUANTILE_OVER_TIME) {
        arguments +=
            ","
                + quantiles.stream()
                    .map(quantile -> GoFloats.fixed(quantile, 5))
                    .collect(Collectors.joining(","));
      }
      String groups = by.isEmpty() ? "" : "by(" + Printer.join(by, ",") + ")";
      return kind + "(" + arguments + ")" + groups;
    }
  }

  /**
   * Which attributes differ between the spans of a filter and the others.
   *
   * @param top how many values of an attribute are shown
   * @param startNanos where the selection starts, 0 with {@code endNanos} 0 for everywhere
   */
  record Compare(SpansetExpression.Filter filter, long top, long startNanos, long endNanos)
      implements MetricsFunction {
    @Override
    public String toString() {
      String text = "compare(" + filter;
      if (startNanos != 0 || endNanos != 0) {
        return text + ", " + top + ", " + startNanos + ", " + endNanos + ")";
      }
      return top == 10 ? text + ")" : text + ", " + top + ")";
    }
  }
}
