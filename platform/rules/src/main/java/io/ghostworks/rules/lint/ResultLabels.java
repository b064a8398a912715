package io.ghostworks.rules.lint;

import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.promql.ast.Expr;
import io.ghostworks.promql.ast.VectorMatching;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Which labels the series of an expression can have: all but some, or some at most. What it rules
 * out is certain; what it allows may be missing all the same.
 *
 * @param open whether {@code names} are those that cannot be there, and all others can
 */
record ResultLabels(boolean open, Set<String> names) {

  private static final ResultLabels ANY = new ResultLabels(true, Set.of());
  private static final ResultLabels NONE = new ResultLabels(false, Set.of());

  ResultLabels {
    names = Set.copyOf(names);
  }

  boolean canHave(String label) {
    return open != names.contains(label);
  }

  /** The labels of an expression's result. */
  static ResultLabels of(Expr expr) {
    return switch (expr) {
      case Expr.NumberLiteral ignored -> NONE;
      case Expr.StringLiteral ignored -> NONE;
      case Expr.VectorSelector selector -> of(selector);
      case Expr.MatrixSelector matrix -> of(matrix.selector());
      case Expr.Subquery subquery -> of(subquery.expr());
      case Expr.Aggregation aggregation -> of(aggregation);
      case Expr.Binary binary -> of(binary);
      case Expr.Call call -> of(call);
      case Expr.Parenthesized parenthesized -> of(parenthesized.expr());
      case Expr.Unary unary -> of(unary.expr());
    };
  }

  private static ResultLabels of(Expr.VectorSelector selector) {
    ResultLabels labels = ANY;
    for (LabelMatcher matcher : selector.matchers()) {
      if (matcher instanceof LabelMatcher.Equal equal && equal.value().isEmpty()) {
        labels = labels.without(Set.of(equal.label()));
      }
    }
    return labels;
  }

  private static ResultLabels of(Expr.Aggregation aggregation) {
    ResultLabels inner = of(aggregation.expr());
    if (aggregation.operator().selects()) {
      return inner;
    }
    ResultLabels kept =
        aggregation.without()
            ? inner.without(aggregation.grouping())
            : inner.only(aggregation.grouping());
    return aggregation.parameter() instanceof Expr.StringLiteral counted
        ? kept.with(Set.of(counted.value()))
        : kept;
  }

  private static ResultLabels of(Expr.Binary binary) {
    VectorMatching matching = binary.matching();
    if (matching == null) {
      return binary.left().type() == io.ghostworks.promql.ast.ValueType.SCALAR
          ? of(binary.right())
          : of(binary.left());
    }
    ResultLabels left = of(binary.left());
    ResultLabels right = of(binary.right());
    return switch (binary.operator()) {
      case OR -> left.or(right);
      case AND, UNLESS -> left;
      default ->
          switch (matching.cardinality()) {
            case MANY_TO_ONE -> left.with(matching.include());
            case ONE_TO_MANY -> right.with(matching.include());
            case ONE_TO_ONE, MANY_TO_MANY ->
                matching.on()
                    ? left.or(right).only(matching.labels())
                    : left.or(right).without(matching.labels());
          };
    };
  }

  private static ResultLabels of(Expr.Call call) {
    return switch (call.function()) {
      case ABSENT, ABSENT_OVER_TIME -> ofAbsent(call.arguments().getFirst());
      case VECTOR_OF, SCALAR_OF, TIME, PI -> NONE;
      case INFO -> ANY;
      case LABEL_REPLACE, LABEL_JOIN -> {
        ResultLabels inner = of(call.arguments().getFirst());
        yield call.arguments().get(1) instanceof Expr.StringLiteral target
            ? inner.with(Set.of(target.value()))
            : ANY;
      }
      case HISTOGRAM_QUANTILE -> of(call.arguments().get(1)).without(Set.of("le"));
      case HISTOGRAM_QUANTILES -> ANY;
      default -> ofVector(call);
    };
  }

  private static ResultLabels ofVector(Expr.Call call) {
    for (Expr argument : call.arguments()) {
      switch (argument.type()) {
        case VECTOR, MATRIX -> {
          return of(argument);
        }
        default -> {}
      }
    }
    return NONE;
  }

  /** The labels that are asked to be equal, where it is a selector; else none. */
  private static ResultLabels ofAbsent(Expr argument) {
    Expr bare = Expressions.bare(argument);
    Expr.VectorSelector selector =
        switch (bare) {
          case Expr.VectorSelector vector -> vector;
          case Expr.MatrixSelector matrix -> matrix.selector();
          default -> null;
        };
    if (selector == null) {
      return NONE;
    }
    Set<String> equal = new HashSet<>();
    for (LabelMatcher matcher : selector.matchers()) {
      if (matcher instanceof LabelMatcher.Equal one && !one.label().equals(Labels.METRIC_NAME)) {
        equal.add(one.label());
      }
    }
    return new ResultLabels(false, equal);
  }

  private ResultLabels without(Collection<String> labels) {
    Set<String> all = new HashSet<>(names);
    if (open) {
      all.addAll(labels);
    } else {
      all.removeAll(labels);
    }
    return new ResultLabels(open, all);
  }

  private ResultLabels with(Collection<String> labels) {
    Set<String> all = new HashSet<>(names);
    if (open) {
      all.removeAll(labels);
    } else {
      all.addAll(labels);
    }
    return new ResultLabels(open, all);
  }

  private ResultLabels only(Collection<String> labels) {
    Set<String> all = new HashSet<>(labels);
    all.removeIf(label -> !canHave(label));
    return new ResultLabels(false, all);
  }

  private ResultLabels or(ResultLabels other) {
    if (!open && !other.open) {
      return with(other.names);
    }
    if (open && other.open) {
      Set<String> both = new HashSet<>(names);
      both.retainAll(other.names);
      return new ResultLabels(true, both);
    }
    return open ? with(other.names) : other.with(names);
  }
}
