package io.ghostworks.records.batch;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers distinct byte strings by their order, after all of them were seen. */
final class StreamOrder {

  private final Map<ByteBuffer, Integer> numbers = new HashMap<>();
  private boolean ordered;

  /** Takes a byte string into account; the array must not change any more. */
  ByteBuffer add(byte[] bytes) {
    ByteBuffer key = ByteBuffer.wrap(bytes);
    numbers.putIfAbsent(key, 0);
    return key;
  }

  int number(ByteBuffer key) {
    if (!ordered) {
      List<ByteBuffer> sorted = new ArrayList<>(numbers.keySet());
      sorted.sort(null);
      for (int i = 0; i < sorted.size(); i++) {
        numbers.put(sorted.get(i), i);
      }
      ordered = true;
    }
    Integer number = numbers.get(key);
    if (number == null) {
      throw new IllegalStateException("a sort key was asked for before it was added");
    }
    return number;
  }
}
