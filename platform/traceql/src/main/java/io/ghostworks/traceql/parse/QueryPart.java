package io.ghostworks.traceql.parse;

import io.ghostworks.traceql.ast.PipelineElement;
import io.ghostworks.traceql.ast.QueryExpression;
import io.ghostworks.traceql.ast.ScalarExpression;
import io.ghostworks.traceql.ast.SpansetExpression;
import io.ghostworks.traceql.ast.Static;

/**
 * What was read of a query so far. The same signs join parts of different forms, and only parts of
 * fitting forms may be joined, so that the form of the left one tells what a sign means.
 */
sealed interface QueryPart {

  /** The forms, for what may stand somewhere. */
  enum Form {
    SPANSET,
    WRAPPED,
    ELEMENT,
    SCALAR,
    CONSTANT,
    WRAPPED_SCALAR,
    SERIES
  }

  Form form();

  /** Filters joined by spanset operators. */
  record Spanset(SpansetExpression expression) implements QueryPart {
    @Override
    public Form form() {
      return Form.SPANSET;
    }
  }

  /** Pipelines in parentheses joined by spanset operators. */
  record Wrapped(SpansetExpression expression) implements QueryPart {
    @Override
    public Form form() {
      return Form.WRAPPED;
    }
  }

  /** A step that may start a pipeline and is no spanset. */
  record Element(PipelineElement element) implements QueryPart {
    @Override
    public Form form() {
      return Form.ELEMENT;
    }
  }

  /** Something with an aggregate that has not been compared. */
  record Scalar(ScalarExpression expression) implements QueryPart {
    @Override
    public Form form() {
      return Form.SCALAR;
    }
  }

  /** A number. */
  record Constant(Static value) implements QueryPart {
    @Override
    public Form form() {
      return Form.CONSTANT;
    }
  }

  /** Pipelines in parentheses that end in aggregates, joined by arithmetic. */
  record WrappedScalar(ScalarExpression expression) implements QueryPart {
    @Override
    public Form form() {
      return Form.WRAPPED_SCALAR;
    }
  }

  /** Metrics queries in parentheses joined by arithmetic. */
  record Series(QueryExpression expression) implements QueryPart {
    @Override
    public Form form() {
      return Form.SERIES;
    }
  }
}
