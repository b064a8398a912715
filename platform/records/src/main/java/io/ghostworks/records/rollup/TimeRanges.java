package io.ghostworks.records.rollup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A set of times as ranges that do not touch; start inclusive, end exclusive. Not thread-safe. */
public final class TimeRanges {

  private final TreeMap<Long, Long> ends = new TreeMap<>();

  /** One of them. */
  public record Range(long startNanos, long endNanos) {}

  public boolean isEmpty() {
    return ends.isEmpty();
  }

  /** Adds the times of a range; none where it is empty. */
  public void add(long startNanos, long endNanos) {
    if (startNanos >= endNanos) {
      return;
    }
    long start = startNanos;
    long end = endNanos;
    Map.Entry<Long, Long> before = ends.floorEntry(start);
    if (before != null && before.getValue() >= start) {
      start = before.getKey();
      end = Math.max(end, before.getValue());
    }
    Map.Entry<Long, Long> next = ends.ceilingEntry(start);
    while (next != null && next.getKey() <= end) {
      end = Math.max(end, next.getValue());
      ends.remove(next.getKey());
      next = ends.ceilingEntry(start);
    }
    ends.put(start, end);
  }

  public void addAll(TimeRanges other) {
    other.ends.forEach(this::add);
  }

  public boolean contains(long timeNanos) {
    Map.Entry<Long, Long> range = ends.floorEntry(timeNanos);
    return range != null && timeNanos < range.getValue();
  }

  /** Whether a time of a range, which is not empty, is in the set. */
  public boolean intersects(long startNanos, long endNanos) {
    Map.Entry<Long, Long> before = ends.lowerEntry(endNanos);
    return before != null && before.getValue() > startNanos;
  }

  /** The ranges in order, those with the smallest gaps put together until there are few enough. */
  public List<Range> atMost(int count) {
    List<Range> ranges = new ArrayList<>();
    ends.forEach((start, end) -> ranges.add(new Range(start, end)));
    if (ranges.size() <= count) {
      return ranges;
    }
    long[] gaps = new long[ranges.size() - 1];
    for (int i = 0; i < gaps.length; i++) {
      gaps[i] = ranges.get(i + 1).startNanos() - ranges.get(i).endNanos();
    }
    long[] sorted = gaps.clone();
    java.util.Arrays.sort(sorted);
    long keptFrom = sorted[sorted.length - (count - 1)];
    List<Range> joined = new ArrayList<>();
    long start = ranges.getFirst().startNanos();
    int left = count - 1;
    for (int i = 0; i < gaps.length; i++) {
      if (gaps[i] >= keptFrom && left > 0) {
        left--;
        joined.add(new Range(start, ranges.get(i).endNanos()));
        start = ranges.get(i + 1).startNanos();
      }
    }
    joined.add(new Range(start, ranges.getLast().endNanos()));
    return joined;
  }
}
