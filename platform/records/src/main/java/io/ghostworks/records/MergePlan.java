package io.ghostworks.records;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which parts are merged: small ones of the same class and day, as many as fit the byte limit. */
final class MergePlan {

  /** A merge has a block of each part in memory. */
  private static final int PARTS_MAX = 16;

  private MergePlan() {}

  private record Key(RetentionClass retention, long day, String hiddenBy)
      implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byClass = retention.compareTo(other.retention);
      int byDay = byClass != 0 ? byClass : Long.compare(day, other.day);
      return byDay != 0 ? byDay : hiddenBy.compareTo(other.hiddenBy);
    }
  }

  /**
   * @param deletes that may hide rows of the parts: rows that a delete hides are never put together
   *     with rows that it does not hide because they are newer
   * @param partsMin the least number of parts that is worth a merge
   * @param bytesMax what the rows of one merge would take in memory together, which bounds the part
   */
  static <B> List<List<SignalStore.LivePart<B>>> groups(
      List<SignalStore.LivePart<B>> parts, DeleteSet deletes, int partsMin, long bytesMax) {
    Map<Key, List<SignalStore.LivePart<B>>> byKey = new TreeMap<>();
    for (SignalStore.LivePart<B> part : parts) {
      byKey
          .computeIfAbsent(
              new Key(part.retention(), part.day(), part.hiddenBy(deletes).toString()),
              key -> new ArrayList<>())
          .add(part);
    }
    List<List<SignalStore.LivePart<B>>> groups = new ArrayList<>();
    for (List<SignalStore.LivePart<B>> candidates : byKey.values()) {
      List<SignalStore.LivePart<B>> group = group(candidates, bytesMax);
      if (group.size() >= partsMin) {
        groups.add(group);
      }
    }
    return groups;
  }

  /**
   * The smallest ones. The largest of them is not larger than the others together, so that no row
   * is written again for the sake of a few new ones.
   */
  private static <B> List<SignalStore.LivePart<B>> group(
      List<SignalStore.LivePart<B>> candidates, long bytesMax) {
    candidates.sort(Comparator.comparingLong(live -> live.part().rawBytes()));
    List<SignalStore.LivePart<B>> group = new ArrayList<>();
    long bytes = 0;
    for (SignalStore.LivePart<B> candidate : candidates) {
      long own = candidate.part().rawBytes();
      if (bytes + own > bytesMax || group.size() == PARTS_MAX) {
        break;
      }
      bytes += own;
      group.add(candidate);
    }
    while (group.size() > 1 && 2 * group.getLast().part().rawBytes() > bytes) {
      bytes -= group.removeLast().part().rawBytes();
    }
    return List.copyOf(group);
  }
}
