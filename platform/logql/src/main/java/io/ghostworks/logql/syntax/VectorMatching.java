package io.ghostworks.logql.syntax;

import java.util.List;

/**
 * Which series of two sides belong together.
 *
 * @param on whether only the labels given count, rather than all but those
 * @param include labels that the result takes from the side with one series
 */
public record VectorMatching(
    Cardinality cardinality, boolean on, List<String> labels, List<String> include) {

  /** Every label counts, one series on either side. */
  public static final VectorMatching DEFAULT =
      new VectorMatching(Cardinality.ONE_TO_ONE, false, List.of(), List.of());

  public VectorMatching {
    labels = List.copyOf(labels);
    include = List.copyOf(include);
  }

  /** How many series of the left side meet how many of the right. */
  public enum Cardinality {
    ONE_TO_ONE,
    /** {@code group_left}. */
    MANY_TO_ONE,
    /** {@code group_right}. */
    ONE_TO_MANY
  }
}
