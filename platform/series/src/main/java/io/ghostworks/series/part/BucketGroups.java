package io.ghostworks.series.part;

import io.ghostworks.model.label.Labels;
import io.ghostworks.series.chunk.BucketColumn;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The buckets of classic histograms that a writer may refer to: of each histogram the one written
 * last, as long as not too much was written since. The bound is that of the reader, so that one who
 * reads series in their order finds each bucket remembered.
 */
final class BucketGroups {
  /** Counts that are remembered; {@link BucketMemory} remembers as many. */
  static final int COUNTS_MAX = 1 << 20;

  /** How many buckets at most are read to read one alone. */
  private static final int DEPTH_MAX = 8;

  private static final String SUFFIX = "_bucket";

  private final LinkedHashMap<Long, Bucket> last = new LinkedHashMap<>();
  private long counts;

  /** A bucket that was written. */
  static final class Bucket {
    private final int series;
    private int depth;
    private final Map<Integer, BucketColumn> columns = new HashMap<>();

    Bucket(int series) {
      this.series = series;
    }

    /** Its number. */
    int series() {
      return series;
    }

    int depth() {
      return depth;
    }

    /** Says through how many others it leads to one that stands alone. */
    void stands(int newDepth) {
      depth = newDepth;
    }

    /** Whether one more may be written as difference to it. */
    boolean mayBeReferred() {
      return depth < DEPTH_MAX - 1;
    }

    /** What a chunk with certain times holds, or null. */
    @Nullable BucketColumn column(int times) {
      return columns.get(times);
    }

    void put(int times, BucketColumn column) {
      columns.put(times, column);
    }

    private long counts() {
      long counts = 0;
      for (BucketColumn column : columns.values()) {
        counts += column.size();
      }
      return counts;
    }
  }

  /** The histogram that a series is a bucket of, or 0 where it is none. */
  static long histogram(Labels labels) {
    if (!labels.get("__name__").endsWith(SUFFIX) || labels.get("le").isEmpty()) {
      return 0;
    }
    long hash = 1;
    for (int i = 0; i < labels.size(); i++) {
      if (!labels.name(i).equals("le")) {
        hash = hash * 0x9E3779B97F4A7C15L + labels.name(i).hashCode();
        hash = hash * 0x9E3779B97F4A7C15L + labels.value(i).hashCode();
        hash ^= hash >>> 29;
      }
    }
    return hash == 0 ? 1 : hash;
  }

  /** The bucket of a histogram that was written last, or null. */
  @Nullable Bucket find(long histogram) {
    return last.get(histogram);
  }

  /** Remembers a bucket in the place of the one before it. */
  void put(long histogram, Bucket bucket) {
    Bucket replaced = last.remove(histogram);
    counts += bucket.counts() - (replaced == null ? 0 : replaced.counts());
    last.put(histogram, bucket);
    for (Iterator<Bucket> oldest = last.values().iterator(); counts > COUNTS_MAX; ) {
      counts -= oldest.next().counts();
      oldest.remove();
    }
  }

  void clear() {
    last.clear();
    counts = 0;
  }
}
