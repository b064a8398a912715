package io.ghostworks.logql.eval;

import io.ghostworks.model.label.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/** Numbers label sets, equal ones alike. What it holds is told to the query's memory. */
final class LabelTable {
  private static final long ENTRY_BYTES = 100;

  private final LongConsumer memory;
  private final Map<Labels, Integer> numbers = new HashMap<>();
  private final List<Labels> labels = new ArrayList<>();

  LabelTable(LongConsumer memory) {
    this.memory = memory;
  }

  int number(Labels set) {
    Integer known = numbers.get(set);
    if (known != null) {
      return known;
    }
    memory.accept(bytes(set));
    int number = labels.size();
    numbers.put(set, number);
    labels.add(set);
    return number;
  }

  /** About what a label set takes in memory. */
  static long bytes(Labels set) {
    long bytes = ENTRY_BYTES;
    for (int i = 0; i < set.size(); i++) {
      bytes += 64L + set.name(i).length() + set.value(i).length();
    }
    return bytes;
  }

  Labels labels(int number) {
    return labels.get(number);
  }

  int size() {
    return labels.size();
  }
}
