package io.ghostworks.logql.syntax;

import io.ghostworks.logql.quantity.GoDurations;
import io.ghostworks.logql.quantity.GoText;
import io.ghostworks.template.GoNumbers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a query over several lines where one would be too long, as Loki's {@code format_query}
 * does, except that the alternatives of a long line filter are kept.
 */
public final class Formatter {
  private static final int LINE_BYTES_MAX = 100;

  private Formatter() {}

  /** The query, laid out. */
  public static String format(Expr expr) {
    return format(expr, 0);
  }

  private static String format(Expr expr, int level) {
    return switch (expr) {
      case LogExpr log -> log(log, level);
      case MetricExpr.Literal literal -> indent(level) + literal;
      case MetricExpr.Vector vector -> indent(level) + vector;
      case MetricExpr metric -> fits(metric) ? indent(level) + metric : split(metric, level);
    };
  }

  private static String indent(int level) {
    return "  ".repeat(level);
  }

  private static boolean fits(Object expr) {
    return expr.toString().getBytes(StandardCharsets.UTF_8).length <= LINE_BYTES_MAX;
  }

  private static String log(LogExpr expr, int level) {
    if (fits(expr)) {
      return indent(level) + expr;
    }
    StringBuilder out = new StringBuilder(indent(level)).append(Printer.selector(expr.matchers()));
    for (Stage stage : expr.stages()) {
      out.append('\n').append(stage(stage, level + 1));
    }
    return out.toString();
  }

  private static String stage(Stage stage, int level) {
    return switch (stage) {
      case Stage.LineFilters filters -> lineFilters(filters.filters(), level);
      case Stage.Decolorize decolorize -> decolorize.toString(); // Loki does not indent it
      default -> indent(level) + stage;
    };
  }

  /** As many filters as fit stand on the first line, every other one on its own. */
  private static String lineFilters(List<LineFilter> filters, int level) {
    int first = filters.size();
    while (first > 1 && !fits(new Stage.LineFilters(filters.subList(0, first)))) {
      first--;
    }
    List<String> lines = new ArrayList<>();
    lines.add(indent(level) + new Stage.LineFilters(filters.subList(0, first)));
    for (LineFilter filter : filters.subList(first, filters.size())) {
      lines.add(indent(level) + filter);
    }
    return String.join("\n", lines);
  }

  private static String split(MetricExpr expr, int level) {
    return switch (expr) {
      case MetricExpr.RangeAggregation range -> range(range, level);
      case MetricExpr.VectorAggregation vector -> vector(vector, level);
      case MetricExpr.Binary binary ->
          format(binary.left(), level + 1)
              + "\n"
              + indent(level)
              + Printer.operator(binary, ", ")
              + "\n"
              + format(binary.right(), level + 1);
      case MetricExpr.LabelReplace replace ->
          call(
              "label_replace",
              List.of(
                  format(replace.inner(), level + 1),
                  indent(level + 1) + GoText.quote(replace.destination()),
                  indent(level + 1) + GoText.quote(replace.replacement()),
                  indent(level + 1) + GoText.quote(replace.source()),
                  indent(level + 1) + GoText.quote(replace.regex())),
              level);
      case MetricExpr.Literal literal -> literal.toString();
      case MetricExpr.Vector vector -> vector.toString();
    };
  }

  private static String call(String function, List<String> arguments, int level) {
    return indent(level)
        + function
        + "(\n"
        + String.join(",\n", arguments)
        + "\n"
        + indent(level)
        + ")";
  }

  private static String range(MetricExpr.RangeAggregation range, int level) {
    List<String> arguments = new ArrayList<>();
    Double parameter = range.parameter();
    if (parameter != null) {
      arguments.add(indent(level + 1) + GoNumbers.shortest(parameter));
    }
    arguments.add(logRange(range.range(), level + 1));
    MetricExpr.Grouping grouping = range.grouping();
    return call(range.operation().word(), arguments, level)
        + (grouping == null ? "" : grouping(grouping));
  }

  private static String vector(MetricExpr.VectorAggregation vector, int level) {
    List<String> arguments = new ArrayList<>();
    if (vector.parameter() != 0) {
      arguments.add(indent(level + 1) + vector.parameter());
    }
    arguments.add(format(vector.inner(), level + 1));
    return call(vector.operation().word() + grouping(vector.grouping()), arguments, level);
  }

  private static String grouping(MetricExpr.Grouping grouping) {
    boolean some = !grouping.labels().isEmpty();
    String word = grouping.without() ? " without" : some ? " by" : "";
    return some ? word + " (" + String.join(", ", grouping.labels()) + ")" : word;
  }

  private static String logRange(LogRange range, int level) {
    StringBuilder out = new StringBuilder(log(range.left(), level));
    Unwrap unwrap = range.unwrap();
    if (unwrap != null) {
      String indent = "\n" + indent(level + 1) + "| ";
      out.append(indent).append("unwrap ").append(Printer.converted(unwrap));
      unwrap.postFilters().forEach(filter -> out.append(indent).append(filter));
    }
    out.append(" [").append(GoDurations.formatPrometheus(range.intervalNanos())).append(']');
    if (range.offsetNanos() != 0) {
      out.append(" offset ").append(GoDurations.formatPrometheus(range.offsetNanos()));
    }
    return out.toString();
  }
}
