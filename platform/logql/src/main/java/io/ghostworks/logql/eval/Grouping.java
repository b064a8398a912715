package io.ghostworks.logql.eval;

import io.ghostworks.model.label.Labels;
import java.util.List;
import java.util.Set;

/**
 * Which series an aggregation takes together, and the labels of what comes of them.
 *
 * @param without whether the labels named are left out, rather than kept
 */
record Grouping(boolean without, Set<String> names) {

  Grouping(boolean without, List<String> names) {
    this(without, Set.copyOf(names));
  }

  /** What series of one group have in common; empty labels tell groups apart. */
  Labels key(Labels labels) {
    if (!without) {
      return names.isEmpty() ? Labels.EMPTY : LabelSets.only(labels, names);
    }
    Labels key = names.isEmpty() ? labels : LabelSets.except(labels, names);
    return key.has(Labels.METRIC_NAME) ? LabelSets.except(key, Set.of(Labels.METRIC_NAME)) : key;
  }

  /** The labels of a group. */
  Labels labels(Labels key) {
    return without ? LabelSets.filled(key) : key;
  }
}
