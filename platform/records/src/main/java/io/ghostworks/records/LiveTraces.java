package io.ghostworks.records;

import io.ghostworks.query.record.TraceKey;
import java.util.HashMap;
import java.util.Map;

/**
 * How much of each trace arrived lately: in this period or the one before. Of more traces than it
 * has room for the older half is forgotten. Guarded by its owner.
 */
final class LiveTraces {

  private static final int TRACES_MAX = 100_000;

  private final long periodNanos;
  private Map<TraceKey, Use> now = new HashMap<>();
  private Map<TraceKey, Use> before = new HashMap<>();
  private long sinceNanos;

  LiveTraces(long periodNanos, long nowNanos) {
    this.periodNanos = periodNanos;
    this.sinceNanos = nowNanos;
  }

  /** What arrived of a trace. */
  static final class Use {
    private long bytes;
    private long spans;

    long bytes() {
      return bytes;
    }

    long spans() {
      return spans;
    }

    void add(long moreBytes) {
      bytes += moreBytes;
      spans++;
    }
  }

  Use of(TraceKey id, long nowNanos) {
    if (nowNanos - sinceNanos >= periodNanos || now.size() >= TRACES_MAX) {
      before = now;
      now = new HashMap<>();
      sinceNanos = nowNanos;
    }
    Use known = now.get(id);
    if (known == null) {
      Use older = before.remove(id);
      known = older == null ? new Use() : older;
      now.put(id, known);
    }
    return known;
  }
}
