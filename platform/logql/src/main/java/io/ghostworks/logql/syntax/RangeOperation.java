package io.ghostworks.logql.syntax;

/** What is made of the records or values of a window. */
public enum RangeOperation {
  COUNT_OVER_TIME,
  RATE,
  RATE_COUNTER,
  BYTES_OVER_TIME,
  BYTES_RATE,
  AVG_OVER_TIME,
  SUM_OVER_TIME,
  MIN_OVER_TIME,
  MAX_OVER_TIME,
  STDVAR_OVER_TIME,
  STDDEV_OVER_TIME,
  QUANTILE_OVER_TIME,
  FIRST_OVER_TIME,
  LAST_OVER_TIME,
  ABSENT_OVER_TIME;

  private final String word = name().toLowerCase(java.util.Locale.ROOT);

  /** The name in a query. */
  public String word() {
    return word;
  }

  boolean takesGrouping() {
    return switch (this) {
      case AVG_OVER_TIME,
          STDDEV_OVER_TIME,
          STDVAR_OVER_TIME,
          QUANTILE_OVER_TIME,
          MAX_OVER_TIME,
          MIN_OVER_TIME,
          FIRST_OVER_TIME,
          LAST_OVER_TIME ->
          true;
      default -> false;
    };
  }

  boolean takesUnwrap() {
    return switch (this) {
      case COUNT_OVER_TIME, BYTES_OVER_TIME, BYTES_RATE -> false;
      default -> true;
    };
  }

  boolean takesRecords() {
    return switch (this) {
      case BYTES_OVER_TIME, BYTES_RATE, COUNT_OVER_TIME, RATE, ABSENT_OVER_TIME -> true;
      default -> false;
    };
  }
}
