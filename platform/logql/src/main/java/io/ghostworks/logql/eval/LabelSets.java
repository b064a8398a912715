package io.ghostworks.logql.eval;

import io.ghostworks.model.label.Labels;
import java.util.Collection;
import java.util.function.BiPredicate;

/**
 * Parts of label sets. In LogQL an extracted label may be present and empty, which differs from
 * absent until an operation makes the set anew; Loki drops it at the same places.
 */
final class LabelSets {

  private LabelSets() {}

  /** The labels of these names, empty ones too. */
  static Labels only(Labels labels, Collection<String> names) {
    return filter(labels, (name, value) -> names.contains(name));
  }

  /** The labels of other names than these, empty ones too. */
  static Labels except(Labels labels, Collection<String> names) {
    return filter(labels, (name, value) -> !names.contains(name));
  }

  /** All but the empty labels. */
  static Labels filled(Labels labels) {
    return filter(labels, (name, value) -> !value.isEmpty());
  }

  private static Labels filter(Labels labels, BiPredicate<String, String> keeps) {
    String[] pairs = new String[2 * labels.size()];
    int size = 0;
    for (int i = 0; i < labels.size(); i++) {
      if (keeps.test(labels.name(i), labels.value(i))) {
        pairs[size++] = labels.name(i);
        pairs[size++] = labels.value(i);
      }
    }
    return size == pairs.length ? labels : Labels.ofSorted(java.util.Arrays.copyOf(pairs, size));
  }
}
