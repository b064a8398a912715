package io.ghostworks.promql.parse;

/**
 * What Prometheus has behind its feature switches.
 *
 * @param experimentalFunctions {@code promql-experimental-functions}
 * @param extendedRangeSelectors {@code promql-extended-range-selectors}: anchored and smoothed
 * @param fillModifiers {@code promql-binop-fill-modifiers}
 */
public record ParserOptions(
    boolean experimentalFunctions, boolean extendedRangeSelectors, boolean fillModifiers) {

  /** As Prometheus without switches. */
  public static final ParserOptions STABLE = new ParserOptions(false, false, false);

  /** What holds here without settings: as Prometheus, and experimental functions. */
  public static final ParserOptions DEFAULT = new ParserOptions(true, false, false);

  /** Everything on, as Prometheus's own test scripts run. */
  public static final ParserOptions ALL = new ParserOptions(true, true, true);
}
