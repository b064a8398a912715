package io.ghostworks.records;

/**
 * Distinct things of a while, each by a hash: what was not seen for two periods is forgotten. Not
 * thread-safe.
 */
final class RecentKeys {

  private final long periodNanos;
  private Hashes current = new Hashes();
  private Hashes before = new Hashes();
  private long periodEndNanos;

  RecentKeys(long periodNanos, long nowNanos) {
    this.periodNanos = periodNanos;
    this.periodEndNanos = nowNanos + periodNanos;
  }

  /**
   * Sees a thing; false if it is new and there are so many already.
   *
   * @param max 0 for no limit
   */
  boolean see(long hash, int max, long nowNanos) {
    if (nowNanos - periodEndNanos >= 0) {
      before = nowNanos - periodEndNanos < periodNanos ? current : new Hashes();
      current = new Hashes();
      periodEndNanos = nowNanos + periodNanos;
    }
    if (current.has(hash)) {
      return true;
    }
    boolean known = before.has(hash);
    if (!known && max > 0 && current.size + before.size >= max) {
      return false;
    }
    if (known) {
      before.size--; // it counts in the current period from now on
    }
    current.add(hash);
    return true;
  }

  int size() {
    return current.size + before.size;
  }

  /** A set of hashes; 0 stands for an empty place. */
  private static final class Hashes {
    private long[] table = new long[64];
    private int size;
    private int used;

    boolean has(long hash) {
      return table[place(hash)] == key(hash);
    }

    void add(long hash) {
      if (2 * used >= table.length) {
        long[] old = table;
        table = new long[2 * old.length];
        for (long each : old) {
          if (each != 0) {
            table[place(each)] = each;
          }
        }
      }
      table[place(hash)] = key(hash);
      size++;
      used++;
    }

    private static long key(long hash) {
      return hash == 0 ? 1 : hash;
    }

    private int place(long hash) {
      int mask = table.length - 1;
      int at = (int) ((key(hash) * 0x9e3779b97f4a7c15L) >>> 32) & mask;
      while (table[at] != 0 && table[at] != key(hash)) {
        at = (at + 1) & mask;
      }
      return at;
    }
  }
}
