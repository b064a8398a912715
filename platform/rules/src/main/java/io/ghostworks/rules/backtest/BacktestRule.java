package io.ghostworks.rules.backtest;

import io.ghostworks.promql.ast.Expr;
import io.ghostworks.template.PrometheusTemplate;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An alerting rule that is tried.
 *
 * @param interval how often it is evaluated, at least a millisecond
 * @param slotOffsetMs its evaluations are at multiples of the interval plus this
 * @param queryOffset how far its queries look back
 * @param limit how many alerts may stand at once; 0 for any number
 */
public record BacktestRule(
    String group,
    String name,
    Expr expression,
    Duration interval,
    long slotOffsetMs,
    Duration queryOffset,
    Duration holdFor,
    Duration keepFiringFor,
    int limit,
    Map<String, PrometheusTemplate> labels,
    Map<String, PrometheusTemplate> annotations) {

  public BacktestRule {
    if (interval.toMillis() < 1) {
      throw new IllegalArgumentException("a rule's interval must be at least 1ms, got " + interval);
    }
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
  }
}
