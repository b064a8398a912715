package io.ghostworks.alertmanager.alert;

import io.ghostworks.model.label.Labels;
import java.util.Comparator;

/**
 * The order of label sets in Alertmanager ({@code model.LabelSet.Before}): by size; then, name by
 * name of both together, first the one that lacks a name, otherwise by value.
 */
public final class LabelOrder implements Comparator<Labels> {

  public static final LabelOrder INSTANCE = new LabelOrder();

  private LabelOrder() {}

  @Override
  public int compare(Labels left, Labels right) {
    if (left.size() != right.size()) {
      return Integer.compare(left.size(), right.size());
    }
    for (int i = 0; i < left.size(); i++) {
      int names = Labels.compareUtf8(left.name(i), right.name(i));
      if (names != 0) {
        return -names; // the one with the lesser name has what the other lacks
      }
      int values = Labels.compareUtf8(left.value(i), right.value(i));
      if (values != 0) {
        return values;
      }
    }
    return 0;
  }
}
