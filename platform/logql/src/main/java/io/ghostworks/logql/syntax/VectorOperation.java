package io.ghostworks.logql.syntax;

/** What is made of the series of one group. */
public enum VectorOperation {
  SUM,
  AVG,
  COUNT,
  MAX,
  MIN,
  STDDEV,
  STDVAR,
  BOTTOMK,
  TOPK,
  SORT,
  SORT_DESC,
  APPROX_TOPK;

  private final String word = name().toLowerCase(java.util.Locale.ROOT);

  /** The name in a query. */
  public String word() {
    return word;
  }

  /** Whether it needs a number of series. */
  public boolean takesCount() {
    return this == BOTTOMK || this == TOPK || this == APPROX_TOPK;
  }
}
