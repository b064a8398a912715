package io.ghostworks.promql.ast;

import io.ghostworks.model.label.LabelMatcher;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expression of PromQL. {@code toString} gives a query that parses to the same expression. */
public sealed interface Expr {

  /** What it evaluates to. */
  ValueType type();

  /** Where it stands in the query. */
  PositionRange position();

  /**
   * A number.
   *
   * @param duration whether it was written as a duration; the value is in seconds then
   */
  record NumberLiteral(double value, boolean duration, PositionRange position) implements Expr {
    @Override
    public ValueType type() {
      return ValueType.SCALAR;
    }

    @Override
    public String toString() {
      return ExprText.of(this);
    }
  }

  /** A text. */
  record StringLiteral(String value, PositionRange position) implements Expr {
    @Override
    public ValueType type() {
      return ValueType.STRING;
    }

    @Override
    public String toString() {
      return ExprText.of(this);
    }
  }

  /**
   * Series by their labels.
   *
   * @param name the metric's name where it stands before the braces, otherwise ""
   * @param matchers all conditions, the name's too
   * @param extension how the borders of a range are treated
   * @param dataLabels whether it stands for labels as the second argument of {@code info}
   */
  record VectorSelector(
      String name,
      List<LabelMatcher> matchers,
      TimeShift shift,
      Extension extension,
      boolean dataLabels,
      PositionRange position)
      implements Expr {
    public VectorSelector {
      matchers = List.copyOf(matchers);
    }

    @Override
    public ValueType type() {
      return ValueType.VECTOR;
    }

    public VectorSelector withShift(TimeShift newShift, int end) {
      return new VectorSelector(
          name,
          matchers,
          newShift,
          extension,
          dataLabels,
          new PositionRange(position.start(), end));
    }

    public VectorSelector withExtension(Extension newExtension) {
      return new VectorSelector(name, matchers, shift, newExtension, dataLabels, position);
    }

    public VectorSelector asDataLabels() {
      return new VectorSelector(name, matchers, shift, extension, true, position);
    }

    @Override
    public String toString() {
      return ExprText.of(this);
    }
  }

  /** The modifiers {@code anchored} and {@code smoothed}. */
  enum Extension {
    NONE,
    ANCHORED,
    SMOOTHED
  }

  /**
   * Series over a range of time.
   *
   * @param rangeMs the range; 0 where an expression gives it
   */
  record MatrixSelector(
      VectorSelector selector, long rangeMs, @Nullable DurationExpr rangeExpression, int end)
      implements Expr {
    @Override
    public ValueType type() {
      return ValueType.MATRIX;
    }

    @Override
    public PositionRange position() {
      return new PositionRange(selector.position().start(), end);
    }

    @Override
    public String toString() {
      return ExprText.of(this);
    }
  }

  /**
   * An expression evaluated over a range of time.
   *
   * @param rangeMs the range; 0 where an expression gives it
   * @param stepMs the step; 0 for the default or where an expression gives it
   */
  record Subquery(
      Expr expr,
      long rangeMs,
      @Nullable DurationExpr rangeExpression,
      long stepMs,
      @Nullable DurationExpr stepExpression,
      TimeShift shift,
      int end)
      implements Expr {
    @Override
    public ValueType type() {
      return ValueType.MATRIX;
    }

    @Override
    public PositionRange position() {
      return new PositionRange(expr.position().start(), end);
    }

    public Subquery withShift(TimeShift newShift, int newEnd) {
      return new Subquery(expr, rangeMs, rangeExpression, stepMs, stepExpression, newShift, newEnd);
    }

    @Override
    public String toString() {
      return ExprText.of(this);
    }
  }

  /**
   * An aggregation.
   *
   * @param parameter what stands before the vector, or null
   * @param without whether the labels are dropped rather than kept
   */
  record Aggregation(
      AggregateOperator operator,
      Expr expr,
      @Nullable Expr parameter,
      List<String> grouping,
      boolean without,
      PositionRange position)
      implements Expr {
    public Aggregation {
      grouping = List.copyOf(grouping);
    }

    @Override
    public ValueType type() {
      return ValueType.VECTOR;
    }

    @Override
    public String toString() {
      return ExprText.of(this);
    }
  }

  /**
   * Two expressions and an operator.
   *
   * @param matching how vectors match; null unless both sides are vectors
   * @param returnBool whether a comparison answers 0 or 1 instead of filtering
   */
  record Binary(
      BinaryOperator operator,
      Expr left,
      Expr right,
      @Nullable VectorMatching matching,
      boolean returnBool)
      implements Expr {
    @Override
    public ValueType type() {
      return left.type() == ValueType.SCALAR && right.type() == ValueType.SCALAR
          ? ValueType.SCALAR
          : ValueType.VECTOR;
    }

    @Override
    public PositionRange position() {
      return left.position().to(right.position());
    }

    @Override
    public String toString() {
      return ExprText.of(this);
    }
  }

  /** A call of a function. */
  record Call(Function function, List<Expr> arguments, PositionRange position) implements Expr {
    public Call {
      arguments = List.copyOf(arguments);
    }

    @Override
    public ValueType type() {
      return function.returnType();
    }

    @Override
    public String toString() {
      return ExprText.of(this);
    }
  }

  /** An expression in parentheses. */
  record Parenthesized(Expr expr, PositionRange position) implements Expr {
    @Override
    public ValueType type() {
      return expr.type();
    }

    @Override
    public String toString() {
      return ExprText.of(this);
    }
  }

  /** A sign before an expression. */
  record Unary(boolean minus, Expr expr, int start) implements Expr {
    @Override
    public ValueType type() {
      return expr.type();
    }

    @Override
    public PositionRange position() {
      return new PositionRange(start, expr.position().end());
    }

    @Override
    public String toString() {
      return ExprText.of(this);
    }
  }
}
