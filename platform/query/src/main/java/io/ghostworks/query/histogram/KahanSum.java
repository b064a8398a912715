package io.ghostworks.query.histogram;

/**
 * A sum with the compensation of Kahan in Neumaier's form. The order of operations is that of
 * Prometheus's {@code kahansum.Inc}, on which the last bits of answers depend.
 */
public final class KahanSum {
  private double sum;
  private double compensation;

  public KahanSum() {}

  public KahanSum(double sum, double compensation) {
    this.sum = sum;
    this.compensation = compensation;
  }

  /** Adds a value. */
  public KahanSum add(double value) {
    compensation = nextCompensation(value, sum, compensation);
    sum += value;
    return this;
  }

  /** The compensation after adding a value to a sum. */
  public static double nextCompensation(double value, double sum, double compensation) {
    double total = sum + value;
    if (Double.isInfinite(total)) {
      return 0;
    }
    return Math.abs(sum) >= Math.abs(value)
        ? compensation + ((sum - total) + value)
        : compensation + ((value - total) + sum);
  }

  public void set(double newSum, double newCompensation) {
    sum = newSum;
    compensation = newCompensation;
  }

  public double sum() {
    return sum;
  }

  public double compensation() {
    return compensation;
  }

  /** The sum with its compensation. */
  public double total() {
    return sum + compensation;
  }
}
