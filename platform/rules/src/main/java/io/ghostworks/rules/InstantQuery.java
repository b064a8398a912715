package io.ghostworks.rules;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.FloatHistogram;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates expressions at one point in time. Called from the threads that evaluate groups, several
 * at once.
 */
@FunctionalInterface
public interface InstantQuery {

  /**
   * The vector of an expression; a scalar is one element without labels.
   *
   * @throws io.ghostworks.query.QueryException if the expression cannot be evaluated
   * @throws io.ghostworks.model.OverloadedException if it may be evaluated later
   */
  List<Element> evaluate(TenantId tenant, String expression, long timestampMs);

  /** The same of an expression that was parsed before. */
  default List<Element> evaluate(TenantId tenant, RuleExpression expression, long timestampMs) {
    return evaluate(tenant, expression.text(), timestampMs);
  }

  /** The same on behalf of a group, in its language. */
  default InstantQuery onBehalfOf(Asker asker) {
    return this;
  }

  /**
   * A group that asks.
   *
   * @param file where it stands
   * @param language of its expressions
   * @param intervalNanos between its evaluations
   */
  record Asker(String file, String group, RuleLanguage language, long intervalNanos) {}

  /**
   * An element of a vector.
   *
   * @param value meaningless where there is a histogram
   */
  record Element(Labels labels, double value, @Nullable FloatHistogram histogram) {
    public Element(Labels labels, double value) {
      this(labels, value, null);
    }
  }
}
