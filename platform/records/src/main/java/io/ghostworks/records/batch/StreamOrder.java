package io.ghostworks.records.batch;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Numbers distinct byte strings by their order, after all of them were seen. */
final class StreamOrder {

  private final Map<ByteBuffer, Integer> ids = new HashMap<>();
  private int @Nullable [] numbers;

  /** Takes a byte string into account and gives its id; the array must not change any more. */
  int add(byte[] bytes) {
    if (numbers != null) {
      throw new IllegalStateException("a sort key was added after the first question");
    }
    return ids.computeIfAbsent(ByteBuffer.wrap(bytes), key -> ids.size());
  }

  /** The place of a byte string among all of them. */
  int number(int id) {
    int[] known = numbers;
    if (known == null) {
      known = ordered();
      numbers = known;
    }
    return known[id];
  }

  private int[] ordered() {
    List<Map.Entry<ByteBuffer, Integer>> sorted = new ArrayList<>(ids.entrySet());
    sorted.sort(Map.Entry.comparingByKey());
    int[] order = new int[sorted.size()];
    for (int i = 0; i < order.length; i++) {
      order[sorted.get(i).getValue()] = i;
    }
    return order;
  }
}
