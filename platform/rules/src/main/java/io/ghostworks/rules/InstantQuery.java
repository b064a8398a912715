package io.ghostworks.rules;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.FloatHistogram;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Evaluates PromQL at one point in time. Called from the threads that evaluate groups. */
@FunctionalInterface
public interface InstantQuery {

  /**
   * The vector of an expression; a scalar is one element without labels.
   *
   * @throws io.ghostworks.query.QueryException if the expression cannot be evaluated
   * @throws io.ghostworks.model.OverloadedException if it may be evaluated later
   */
  List<Element> evaluate(TenantId tenant, String expression, long timestampMs);

  /** The same on behalf of a group, for those who want to know who asks. */
  default InstantQuery onBehalfOf(String file, String group) {
    return this;
  }

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
