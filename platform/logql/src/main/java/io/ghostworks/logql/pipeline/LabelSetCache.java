package io.ghostworks.logql.pipeline;

import io.ghostworks.model.label.Labels;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The label sets that were made last, so that records with the same labels share one object. A set
 * takes the place of another with the same hash.
 */
final class LabelSetCache {
  private static final int SLOTS = 1024;

  private final @Nullable Labels[] slots = new @Nullable Labels[SLOTS];
  private String[] sorted = new String[64];

  /** The set of these labels, none of which is there twice. */
  Labels of(LineLabels.Collected labels) {
    int length = 2 * labels.size();
    if (length == 0) {
      return Labels.EMPTY;
    }
    sort(labels);
    int hash = 1;
    for (int i = 0; i < length; i++) {
      hash = 31 * hash + sorted[i].hashCode();
    }
    int slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
    Labels cached = slots[slot];
    if (cached == null || !isSorted(cached, length)) {
      cached = Labels.ofSorted(Arrays.copyOf(sorted, length));
      slots[slot] = cached;
    }
    return cached;
  }

  private boolean isSorted(Labels labels, int length) {
    if (2 * labels.size() != length) {
      return false;
    }
    for (int i = 0; i < labels.size(); i++) {
      if (!labels.value(i).equals(sorted[2 * i + 1]) || !labels.name(i).equals(sorted[2 * i])) {
        return false;
      }
    }
    return true;
  }

  private void sort(LineLabels.Collected labels) {
    if (sorted.length < 2 * labels.size()) {
      sorted = new String[4 * labels.size()];
    }
    if (labels.size() > 64) {
      sortMany(labels);
      return;
    }
    for (int i = 0; i < labels.size(); i++) {
      String name = labels.name(i);
      int j = 2 * i - 2;
      while (j >= 0 && Labels.compareUtf8(sorted[j], name) > 0) {
        sorted[j + 2] = sorted[j];
        sorted[j + 3] = sorted[j + 1];
        j -= 2;
      }
      sorted[j + 2] = name;
      sorted[j + 3] = labels.value(i);
    }
  }

  private void sortMany(LineLabels.Collected labels) {
    Integer[] order = new Integer[labels.size()];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Labels.compareUtf8(labels.name(a), labels.name(b)));
    for (int i = 0; i < order.length; i++) {
      sorted[2 * i] = labels.name(order[i]);
      sorted[2 * i + 1] = labels.value(order[i]);
    }
  }
}
