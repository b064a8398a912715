package io.ghostworks.traceql.ast;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A number made of the spans of a spanset.
 *
 * @param expression what of each span; null for {@link Function#COUNT}
 */
public record Aggregate(Function function, @Nullable FieldExpression expression)
    implements PipelineElement, ScalarExpression {

  /** How the spans become one number. */
  public enum Function {
    COUNT,
    MAX,
    MIN,
    SUM,
    AVG;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public StaticType type() {
    return expression == null ? StaticType.INT : expression.type();
  }

  @Override
  public String toString() {
    return function + "(" + (expression == null ? "" : expression) + ")";
  }
}
