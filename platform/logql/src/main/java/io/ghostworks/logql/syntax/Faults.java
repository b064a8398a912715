package io.ghostworks.logql.syntax;

import java.util.IdentityHashMap;

/**
 * Faults of expressions that are well formed. They are told only once the whole query has parsed,
 * since a syntax error behind them comes first; until then a number stands in their place.
 */
final class Faults {
  private final IdentityHashMap<MetricExpr, LogqlParseException> byPlace = new IdentityHashMap<>();

  /** What stands in place of an expression with a fault. */
  MetricExpr at(String message) {
    return at(new LogqlParseException(message));
  }

  MetricExpr at(LogqlParseException fault) {
    MetricExpr place = new MetricExpr.Literal(Double.NaN);
    byPlace.put(place, fault);
    return place;
  }

  boolean has(MetricExpr expr) {
    return byPlace.containsKey(expr);
  }

  /** Throws the fault that this expression stands for, if it does. */
  void raise(MetricExpr expr) {
    LogqlParseException fault = byPlace.get(expr);
    if (fault != null) {
      throw fault;
    }
  }
}
