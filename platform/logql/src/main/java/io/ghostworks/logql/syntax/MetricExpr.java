package io.ghostworks.logql.syntax;

import com.google.re2j.Pattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A query for samples. Its text is the normal form. */
public sealed interface MetricExpr extends Expr {

  /**
   * {@code rate({app="api"} [5m])}.
   *
   * @param parameter the quantile of quantile_over_time, else null
   * @param grouping null where none is written
   */
  record RangeAggregation(
      RangeOperation operation,
      LogRange range,
      @Nullable Double parameter,
      @Nullable Grouping grouping)
      implements MetricExpr {
    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /**
   * {@code topk(3, ...)}, {@code sum by (level) (...)}.
   *
   * @param parameter how many for topk, bottomk and approx_topk, at least 1; else 0
   */
  record VectorAggregation(
      VectorOperation operation, MetricExpr inner, int parameter, Grouping grouping)
      implements MetricExpr {
    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /** Two expressions and what joins them; both being numbers, it is folded while parsing. */
  record Binary(
      BinaryOperator operator,
      MetricExpr left,
      MetricExpr right,
      boolean returnBool,
      VectorMatching matching)
      implements MetricExpr {
    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /** A number. */
  record Literal(double value) implements MetricExpr {
    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /** {@code vector(1)}. */
  record Vector(double value) implements MetricExpr {
    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /**
   * {@code label_replace(inner, "to", "$1", "from", "regex")}.
   *
   * @param pattern the expression, anchored at both ends
   */
  record LabelReplace(
      MetricExpr inner,
      String destination,
      String replacement,
      String source,
      String regex,
      Pattern pattern)
      implements MetricExpr {
    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /**
   * The labels that an aggregation keeps: those named, or all but those.
   *
   * @param labels in the order of the query
   */
  record Grouping(boolean without, List<String> labels) {
    /** No labels at all, as where nothing is written. */
    public static final Grouping NONE = new Grouping(false, List.of());

    public Grouping {
      labels = List.copyOf(labels);
    }

    @Override
    public String toString() {
      return Printer.print(this);
    }
  }
}
