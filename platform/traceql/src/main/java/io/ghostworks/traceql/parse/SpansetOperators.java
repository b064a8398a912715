package io.ghostworks.traceql.parse;

import io.ghostworks.traceql.ast.SpansetOperator;
import org.jspecify.annotations.Nullable;

/** Which token is which operator between spansets. */
final class SpansetOperators {

  private SpansetOperators() {}

  static @Nullable SpansetOperator find(TokenKind kind) {
    return switch (kind) {
      case AND -> SpansetOperator.AND;
      case OR -> SpansetOperator.UNION;
      case GT -> SpansetOperator.CHILD;
      case LT -> SpansetOperator.PARENT;
      case DESC -> SpansetOperator.DESCENDANT;
      case ANCE -> SpansetOperator.ANCESTOR;
      case SIBL -> SpansetOperator.SIBLING;
      case NOT_CHILD -> SpansetOperator.NOT_CHILD;
      case NOT_PARENT -> SpansetOperator.NOT_PARENT;
      case NOT_DESC -> SpansetOperator.NOT_DESCENDANT;
      case NOT_ANCE -> SpansetOperator.NOT_ANCESTOR;
      case NRE -> SpansetOperator.NOT_SIBLING;
      case UNION_CHILD -> SpansetOperator.UNION_CHILD;
      case UNION_PARENT -> SpansetOperator.UNION_PARENT;
      case UNION_DESC -> SpansetOperator.UNION_DESCENDANT;
      case UNION_ANCE -> SpansetOperator.UNION_ANCESTOR;
      case UNION_SIBL -> SpansetOperator.UNION_SIBLING;
      default -> null;
    };
  }

  static int precedence(SpansetOperator operator) {
    return operator == SpansetOperator.AND || operator == SpansetOperator.UNION ? 1 : 2;
  }
}
