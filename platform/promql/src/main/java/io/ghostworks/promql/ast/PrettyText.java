package io.ghostworks.promql.ast;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/**
 * Writes expressions on several lines, as Prometheus's formatter does (promql/parser/prettier.go):
 * an expression of more than 100 bytes is split, each level two spaces deeper.
 */
public final class PrettyText {

  private static final int LINE_BYTES_MAX = 100;

  private PrettyText() {}

  public static String of(Expr expr) {
    return of(expr, 0);
  }

  private static String of(Expr expr, int level) {
    String line = expr.toString();
    if (expr instanceof Expr.Unary unary) {
      return indent(level) + (unary.minus() ? "-" : "+") + of(unary.expr(), level).strip();
    }
    if (line.getBytes(StandardCharsets.UTF_8).length <= LINE_BYTES_MAX) {
      return expr instanceof Expr.Subquery ? line : indent(level) + line;
    }
    return switch (expr) {
      case Expr.Aggregation aggregation -> aggregation(aggregation, level);
      case Expr.Binary binary ->
          of(binary.left(), level + 1)
              + "\n"
              + indent(level)
              + ExprText.operator(binary)
              + "\n"
              + of(binary.right(), level + 1);
      case Expr.Call call ->
          call.arguments().stream()
              .map(argument -> of(argument, level + 1))
              .collect(
                  Collectors.joining(
                      ",\n",
                      indent(level) + call.function().functionName() + "(\n",
                      "\n" + indent(level) + ")"));
      case Expr.Parenthesized parenthesized ->
          indent(level) + "(\n" + of(parenthesized.expr(), level + 1) + "\n" + indent(level) + ")";
      case Expr.Subquery subquery ->
          of(subquery.expr(), level) + line.substring(subquery.expr().toString().length());
      default -> indent(level) + line;
    };
  }

  private static String aggregation(Expr.Aggregation aggregation, int level) {
    StringBuilder out = new StringBuilder(indent(level)).append(ExprText.head(aggregation));
    out.append("(\n");
    Expr parameter = aggregation.parameter();
    if (parameter != null) {
      out.append(of(parameter, level + 1)).append(",\n");
    }
    return out.append(of(aggregation.expr(), level + 1))
        .append('\n')
        .append(indent(level))
        .append(')')
        .toString();
  }

  private static String indent(int level) {
    return "  ".repeat(level);
  }
}
