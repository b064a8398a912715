package io.ghostworks.traceql.metrics;

import io.ghostworks.query.QueryContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers the groups of a query's {@code by()}, from 0: each is one combination of values. A group
 * without any value has the text "nil" as its first one. What it holds is reserved in the query
 * until that ends. Not thread-safe.
 */
final class GroupTable {

  private static final int GROUP_BYTES = 32;

  private final QueryContext context;
  private final ValueTable values;
  private final List<String> names;
  private final int width;
  private final int groupsMax;
  private int[] keys;
  private int[] slots = new int[32];
  private int size;
  private boolean full;

  /**
   * @param names of the labels
   * @param groupsMax more groups are left out
   */
  GroupTable(QueryContext context, List<String> names, int groupsMax) {
    this.context = context;
    this.names = List.copyOf(names);
    this.width = names.size();
    this.groupsMax = groupsMax;
    this.values = new ValueTable(context);
    this.keys = new int[8 * Math.max(1, width)];
    Arrays.fill(slots, -1);
  }

  ValueTable values() {
    return values;
  }

  int size() {
    return size;
  }

  /** Whether groups were left out. */
  boolean isFull() {
    return full;
  }

  /** The number of the group without labels. */
  int only() {
    return group(new int[0]);
  }

  /**
   * The group of some values.
   *
   * @param key numbers of values, as many as there are labels; changed where none is a value
   * @return -1 if there are too many groups
   */
  int group(int[] key) {
    complete(key);
    int mask = slots.length - 1;
    int slot = hash(key, 0) & mask;
    while (slots[slot] >= 0) {
      int known = slots[slot];
      if (Arrays.equals(keys, known * width, (known + 1) * width, key, 0, width)) {
        return known;
      }
      slot = (slot + 1) & mask;
    }
    if (size == groupsMax) {
      full = true;
      return -1;
    }
    return added(slot, key);
  }

  private void complete(int[] key) {
    for (int i = 0; i < width; i++) {
      if (key[i] != ValueTable.NONE) {
        return;
      }
    }
    if (width > 0) {
      key[0] = values.number(LabelValue.NIL);
    }
  }

  private int added(int slot, int[] key) {
    context.reserve(GROUP_BYTES + (long) width * Integer.BYTES * 2);
    if ((size + 1) * width > keys.length) {
      keys = Arrays.copyOf(keys, 2 * keys.length);
    }
    System.arraycopy(key, 0, keys, size * width, width);
    slots[slot] = size;
    size++;
    if (2 * size > slots.length) {
      rehash();
    }
    return size - 1;
  }

  private void rehash() {
    slots = new int[2 * slots.length];
    Arrays.fill(slots, -1);
    int mask = slots.length - 1;
    for (int group = 0; group < size; group++) {
      int slot = hash(keys, group * width) & mask;
      while (slots[slot] >= 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = group;
    }
  }

  private int hash(int[] from, int offset) {
    long hash = 17;
    for (int i = 0; i < width; i++) {
      hash = (hash + from[offset + i]) * 0x9e3779b97f4a7c15L;
      hash ^= hash >>> 29;
    }
    return (int) (hash ^ (hash >>> 32));
  }

  /** The values of a group, as numbers of {@link #values()}. */
  int value(int group, int label) {
    return keys[group * width + label];
  }

  /** The labels of a group that have a value, in the order of the query. */
  List<MetricLabel> labels(int group) {
    List<MetricLabel> labels = new ArrayList<>(width);
    for (int i = 0; i < width; i++) {
      int number = keys[group * width + i];
      if (number != ValueTable.NONE) {
        labels.add(new MetricLabel(names.get(i), values.value(number)));
      }
    }
    return labels;
  }

  /** The numbers that the groups of another table of the same labels have here. */
  int[] numbersOf(GroupTable other) {
    int[] numbers = new int[other.size];
    int[] key = new int[width];
    for (int group = 0; group < other.size; group++) {
      for (int i = 0; i < width; i++) {
        int number = other.value(group, i);
        key[i] =
            number == ValueTable.NONE ? ValueTable.NONE : values.number(other.values.value(number));
      }
      numbers[group] = group(key);
    }
    return numbers;
  }
}
