package io.ghostworks.logql.eval;

import io.ghostworks.model.label.Labels;
import java.util.List;
import java.util.Set;

/**
 * Which series of two vectors belong together.
 *
 * @param on whether the labels named must be equal, rather than all others
 * @param many which side may have several series for one of the other
 * @param include labels of the one side that the result takes over
 */
record Matching(boolean on, Set<String> labels, Many many, List<String> include) {

  Matching {
    labels = Set.copyOf(labels);
    include = List.copyOf(include);
  }

  /** Which side may have several series for one of the other. */
  enum Many {
    NONE,
    LEFT,
    RIGHT
  }

  /** What series that belong together have in common. */
  Labels signature(Labels series) {
    return LabelSets.filled(on ? LabelSets.only(series, labels) : LabelSets.except(series, labels));
  }

  /** The labels of the result of two series, that of the many side first. */
  Labels result(Labels many, Labels one) {
    if (this.many == Many.NONE) {
      return signature(many);
    }
    Labels.Builder result = LabelSets.filled(many).toBuilder();
    for (String name : include) {
      result.set(name, one.get(name));
    }
    return result.build();
  }
}
