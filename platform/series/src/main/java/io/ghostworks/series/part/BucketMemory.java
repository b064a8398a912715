package io.ghostworks.series.part;

import io.ghostworks.series.chunk.BucketColumn;
import java.util.Iterator;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The columns of buckets that a reader decoded and may need for the bucket after each, by series
 * and column of times. Each is taken by the one who needs it, so that of a histogram only the
 * newest stay; the oldest of all are forgotten above a bound. Not thread-safe.
 */
final class BucketMemory {
  private final LinkedHashMap<Long, BucketColumn> columns = new LinkedHashMap<>();
  private long counts;

  /** Gives a column away, or null where it is not remembered. */
  @Nullable BucketColumn take(int series, int times) {
    BucketColumn column = columns.remove(key(series, times));
    if (column != null) {
      counts -= column.size();
    }
    return column;
  }

  void put(int series, int times, BucketColumn column) {
    BucketColumn replaced = columns.put(key(series, times), column);
    counts += column.size() - (replaced == null ? 0 : replaced.size());
    for (Iterator<BucketColumn> oldest = columns.values().iterator();
        counts > BucketGroups.COUNTS_MAX; ) {
      counts -= oldest.next().size();
      oldest.remove();
    }
  }

  private static long key(int series, int times) {
    return (long) series << 32 | times;
  }
}
