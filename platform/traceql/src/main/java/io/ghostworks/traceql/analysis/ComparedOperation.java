package io.ghostworks.traceql.analysis;

/**
 * An operation at one place of the trees of two traces: spans with the same service and name below
 * the same operation.
 *
 * @param place its number; places above have lower ones
 * @param parent the place above it, -1 if it is a root
 * @param depth 0 for a root
 */
public record ComparedOperation(
    int place,
    int parent,
    int depth,
    String service,
    String operation,
    Side left,
    Side right,
    Change change) {

  /**
   * What one trace has there.
   *
   * @param totalNanos the sum of the durations
   * @param selfNanos the sum of what the spans worked themselves
   */
  public record Side(int spans, int errors, long totalNanos, long selfNanos) {
    /** The mean duration; 0 without spans. */
    public long meanNanos() {
      return spans == 0 ? 0 : totalNanos / spans;
    }
  }

  /** What is different on the right. */
  public enum Change {
    /** Only the right trace has it. */
    ADDED,
    /** Only the left trace has it. */
    REMOVED,
    /** The right trace has more spans there. */
    MORE,
    /** The right trace has fewer spans there. */
    FEWER,
    /** As many spans, which take longer on the right; see {@link TraceComparison}. */
    SLOWER,
    /** As many spans, which take less on the right. */
    FASTER,
    /** As many spans that take about as long. */
    SAME
  }

  /** By how much its own work differs: positive where the right trace takes longer. */
  public long selfDifferenceNanos() {
    return right.selfNanos() - left.selfNanos();
  }
}
