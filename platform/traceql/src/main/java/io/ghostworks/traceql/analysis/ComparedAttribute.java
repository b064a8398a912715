package io.ghostworks.traceql.analysis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the values of one attribute are shared out among two sets of spans.
 *
 * @param scope {@code resource}, {@code span}, or {@code intrinsic}
 * @param score the largest difference of a value's shares, from 0 (alike) to 1 (told apart by it)
 * @param ranges whether values are ranges of numbers instead of the numbers
 * @param distinct how many values there are, at least
 * @param valuesLost whether more values came than are counted
 * @param values those whose shares differ most first
 */
public record ComparedAttribute(
    String scope,
    String key,
    double score,
    boolean ranges,
    int distinct,
    boolean valuesLost,
    List<Value> values) {

  public ComparedAttribute {
    values = List.copyOf(values);
  }

  /**
   * One value.
   *
   * @param text null for the spans that have no such attribute
   * @param selection how many spans of the selection have it
   * @param baseline how many of the baseline
   * @param selectionShare of all spans of the selection, from 0 to 1
   * @param baselineShare of all of the baseline
   */
  public record Value(
      @Nullable String text,
      int selection,
      int baseline,
      double selectionShare,
      double baselineShare) {

    /** Positive where the selection has more of it. */
    public double difference() {
      return selectionShare - baselineShare;
    }

    /** How many times as common it is in the selection; infinite where the baseline has it not. */
    public double lift() {
      return selectionShare / baselineShare;
    }
  }
}
