package io.ghostworks.records.part;

import io.ghostworks.model.column.IntColumn;
import io.ghostworks.model.column.LongColumn;
import io.ghostworks.storage.bytes.BytesOutput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects in which blocks each trace has rows. Blocks are added in ascending order. */
final class TraceTableBuilder {

  private record Id(long high, long low) implements Comparable<Id> {
    @Override
    public int compareTo(Id other) {
      int byHigh = Long.compareUnsigned(high, other.high);
      return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }
  }

  private final Map<Id, Integer> numbers = new HashMap<>();
  private final List<IntColumn> blocks = new ArrayList<>();
  private final LongColumn lastPair = new LongColumn(2);
  private int lastNumber = -1;

  TraceTableBuilder() {
    lastPair.add(0);
    lastPair.add(0);
  }

  void add(long high, long low, int block) {
    if (high == 0 && low == 0) {
      return;
    }
    int number =
        lastNumber >= 0 && lastPair.get(0) == high && lastPair.get(1) == low
            ? lastNumber
            : number(high, low);
    IntColumn own = blocks.get(number);
    if (own.size() == 0 || own.get(own.size() - 1) != block) {
      own.add(block);
    }
  }

  private int number(long high, long low) {
    lastPair.set(0, high);
    lastPair.set(1, low);
    lastNumber =
        numbers.computeIfAbsent(
            new Id(high, low),
            id -> {
              blocks.add(new IntColumn(4));
              return blocks.size() - 1;
            });
    return lastNumber;
  }

  void write(BytesOutput entries, BytesOutput lists) {
    List<Map.Entry<Id, Integer>> sorted = new ArrayList<>(numbers.entrySet());
    sorted.sort(Map.Entry.comparingByKey());
    for (Map.Entry<Id, Integer> entry : sorted) {
      entries.putLong(entry.getKey().high());
      entries.putLong(entry.getKey().low());
      entries.putInt(lists.position());
      IntColumn own = blocks.get(entry.getValue());
      lists.putVarint(own.size());
      int before = 0;
      for (int i = 0; i < own.size(); i++) {
        lists.putVarint(own.get(i) - before);
        before = own.get(i);
      }
    }
  }
}
