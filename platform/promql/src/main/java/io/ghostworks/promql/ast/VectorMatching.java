package io.ghostworks.promql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the elements of two vectors find each other.
 *
 * @param labels the labels that count, or with {@code on} false those that do not
 * @param include labels of the "one" side that the answer takes over
 * @param fillLeft the value of a missing left side, or null to leave out what has no match
 * @param fillRight the value of a missing right side, or null
 */
public record VectorMatching(
    Cardinality cardinality,
    List<String> labels,
    boolean on,
    List<String> include,
    @Nullable Double fillLeft,
    @Nullable Double fillRight) {

  /** Without any modifier. */
  public static final VectorMatching PLAIN =
      new VectorMatching(Cardinality.ONE_TO_ONE, List.of(), false, List.of(), null, null);

  public VectorMatching {
    labels = List.copyOf(labels);
    include = List.copyOf(include);
  }

  public VectorMatching withCardinality(Cardinality other) {
    return new VectorMatching(other, labels, on, include, fillLeft, fillRight);
  }

  /** How many elements of one side may match one of the other. */
  public enum Cardinality {
    ONE_TO_ONE("one-to-one"),
    MANY_TO_ONE("many-to-one"),
    ONE_TO_MANY("one-to-many"),
    MANY_TO_MANY("many-to-many");

    private final String word;

    Cardinality(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }
}
