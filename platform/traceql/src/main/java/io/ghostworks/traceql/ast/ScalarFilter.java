package io.ghostworks.traceql.ast;

/** Keeps the spansets whose numbers compare so. */
public record ScalarFilter(Operator operator, ScalarExpression left, ScalarExpression right)
    implements PipelineElement {
  @Override
  public String toString() {
    return Printer.binary(left, operator, right);
  }
}
