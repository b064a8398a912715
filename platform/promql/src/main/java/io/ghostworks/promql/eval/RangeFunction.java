package io.ghostworks.promql.eval;

/** A function over the samples of a window. */
interface RangeFunction {

  /**
   * Computes one step; leaves the result unset where there is none. The window has at least one
   * sample.
   */
  void apply(RangeStep step);
}
