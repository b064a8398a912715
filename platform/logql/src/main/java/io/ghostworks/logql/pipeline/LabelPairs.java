package io.ghostworks.logql.pipeline;

import java.util.Arrays;

/** Names and values in the order of their setting, no name twice. */
final class LabelPairs {
  private String[] pairs = new String[32];
  private int size;

  void clear() {
    Arrays.fill(pairs, 0, 2 * size, null);
    size = 0;
  }

  int size() {
    return size;
  }

  String name(int index) {
    return pairs[2 * index];
  }

  String value(int index) {
    return pairs[2 * index + 1];
  }

  void value(int index, String value) {
    pairs[2 * index + 1] = value;
  }

  int indexOf(String name) {
    for (int i = 0; i < size; i++) {
      if (pairs[2 * i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  boolean has(String name) {
    return indexOf(name) >= 0;
  }

  void add(String name, String value) {
    if (2 * size == pairs.length) {
      pairs = Arrays.copyOf(pairs, 2 * pairs.length);
    }
    pairs[2 * size] = name;
    pairs[2 * size + 1] = value;
    size++;
  }

  void remove(String name) {
    int at = indexOf(name);
    if (at >= 0) {
      System.arraycopy(pairs, 2 * at + 2, pairs, 2 * at, 2 * (size - at - 1));
      size--;
      pairs[2 * size] = null;
      pairs[2 * size + 1] = null;
    }
  }
}
