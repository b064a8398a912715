package io.ghostworks.promql.eval;

import io.ghostworks.model.label.Labels;
import io.ghostworks.promql.ast.Expr;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers the groups of an aggregation in the order of their coming. Labels of a group are made
 * once; a series finds its group by the texts that count.
 */
final class GroupTable {
  private final Query query;
  private final String[] grouping;
  private final boolean without;
  private final boolean ignoresMetadata;
  private final List<Labels> groups = new ArrayList<>();
  private String[] key = new String[16];
  private int keySize;
  private String[][] keys = new String[64][];
  private int[] numbers = new int[64];

  /**
   * @param ignoresMetadata whether the metric's name, type and unit count as fallen away
   */
  GroupTable(Query query, Expr.Aggregation aggregation, boolean ignoresMetadata) {
    this.query = query;
    this.grouping = aggregation.grouping().toArray(String[]::new);
    this.without = aggregation.without();
    this.ignoresMetadata = ignoresMetadata;
  }

  /** How many groups there are. */
  int size() {
    return groups.size();
  }

  /** The labels of a group. */
  Labels labels(int group) {
    return groups.get(group);
  }

  /** The number of the group of a series. */
  int groupOf(Labels labels) {
    keySize = 0;
    if (without) {
      query.work((long) labels.size() * grouping.length);
      keepOthers(labels);
    } else {
      query.work(grouping.length);
      keepGrouping(labels);
    }
    int hash = 0;
    for (int i = 0; i < keySize; i++) {
      hash = hash * 31 + key[i].hashCode();
    }
    int mask = keys.length - 1;
    int slot = ((hash * 0x9E3779B9) >>> 7) & mask;
    while (keys[slot] != null) {
      if (Arrays.equals(keys[slot], 0, keys[slot].length, key, 0, keySize)) {
        return numbers[slot];
      }
      slot = (slot + 1) & mask;
    }
    return add(slot);
  }

  /** The key is the values of the labels asked for, "" where there is none. */
  private void keepGrouping(Labels labels) {
    for (String name : grouping) {
      put(ignoresMetadata && Series.isMetadata(name) ? "" : labels.get(name));
    }
  }

  /** The key is names and values of all labels but those named. */
  private void keepOthers(Labels labels) {
    for (int i = 0; i < labels.size(); i++) {
      String name = labels.name(i);
      boolean counts =
          ignoresMetadata ? !Series.isMetadata(name) : !name.equals(Labels.METRIC_NAME);
      if (counts && !isGrouping(name)) {
        put(name);
        put(labels.value(i));
      }
    }
  }

  private boolean isGrouping(String name) {
    for (String other : grouping) {
      if (other.equals(name)) {
        return true;
      }
    }
    return false;
  }

  private void put(String text) {
    if (keySize == key.length) {
      key = Arrays.copyOf(key, keySize * 2);
    }
    key[keySize++] = text;
  }

  private int add(int slot) {
    int number = groups.size();
    String[] kept = Arrays.copyOf(key, keySize);
    keys[slot] = kept;
    numbers[slot] = number;
    Labels.Builder labels = Labels.builder();
    if (without) {
      for (int i = 0; i < kept.length; i += 2) {
        labels.set(kept[i], kept[i + 1]);
      }
    } else {
      for (int i = 0; i < kept.length; i++) {
        labels.set(grouping[i], kept[i]);
      }
    }
    groups.add(labels.build());
    if (groups.size() * 2 > keys.length) {
      rehash();
    }
    return number;
  }

  private void rehash() {
    String[][] oldKeys = keys;
    int[] oldNumbers = numbers;
    keys = new String[oldKeys.length * 2][];
    numbers = new int[keys.length];
    int mask = keys.length - 1;
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != null) {
        int hash = 0;
        for (String text : oldKeys[i]) {
          hash = hash * 31 + text.hashCode();
        }
        int slot = ((hash * 0x9E3779B9) >>> 7) & mask;
        while (keys[slot] != null) {
          slot = (slot + 1) & mask;
        }
        keys[slot] = oldKeys[i];
        numbers[slot] = oldNumbers[i];
      }
    }
  }
}
