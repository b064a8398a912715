package io.ghostworks.promql.ast;

import java.util.Locale;

/** The operators that make one vector smaller. */
public enum AggregateOperator {
  AVG,
  BOTTOMK,
  COUNT,
  COUNT_VALUES,
  GROUP,
  LIMITK,
  LIMIT_RATIO,
  MAX,
  MIN,
  QUANTILE,
  STDDEV,
  STDVAR,
  SUM,
  TOPK;

  /** The word in a query. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The type of the parameter that stands before the vector; NONE if there is none. */
  public ValueType parameterType() {
    return switch (this) {
      case TOPK, BOTTOMK, QUANTILE, LIMITK, LIMIT_RATIO -> ValueType.SCALAR;
      case COUNT_VALUES -> ValueType.STRING;
      case AVG, COUNT, GROUP, MAX, MIN, STDDEV, STDVAR, SUM -> ValueType.NONE;
    };
  }

  public boolean hasParameter() {
    return parameterType() != ValueType.NONE;
  }

  /** Whether Prometheus has it behind its switch for experimental functions. */
  public boolean isExperimental() {
    return this == LIMITK || this == LIMIT_RATIO;
  }

  /** Whether the answer consists of series of the input, unchanged. */
  public boolean selects() {
    return this == TOPK || this == BOTTOMK || this == LIMITK || this == LIMIT_RATIO;
  }

  @Override
  public String toString() {
    return word();
  }
}
