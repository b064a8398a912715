package io.ghostworks.logql.syntax;

/** Powers with Go's special cases. */
final class GoPower {
  private GoPower() {}

  /** Where Java answers NaN for a base of 1 or -1, Go answers 1. */
  static double pow(double base, double exponent) {
    if (base == 1 || (base == -1 && Double.isInfinite(exponent))) {
      return 1;
    }
    return Math.pow(base, exponent);
  }
}
