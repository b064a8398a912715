package io.ghostworks.server.loki;

import io.ghostworks.model.TenantId;
import io.ghostworks.server.settings.LogQueryLimits;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** The limits of a request of several tenants: of each the smallest that one of them has. */
final class TenantLimits {

  private TenantLimits() {}

  static LogQueryLimits of(List<TenantId> tenants, Function<TenantId, LogQueryLimits> each) {
    LogQueryLimits limits = each.apply(tenants.getFirst());
    for (TenantId tenant : tenants.subList(1, tenants.size())) {
      limits = smaller(limits, each.apply(tenant));
    }
    return limits;
  }

  private static LogQueryLimits smaller(LogQueryLimits a, LogQueryLimits b) {
    return new LogQueryLimits(
        smaller(a.entriesMax(), b.entriesMax()),
        smaller(a.lengthMax(), b.lengthMax()),
        smaller(a.lookbackMax(), b.lookbackMax()),
        smaller(a.seriesMax(), b.seriesMax()),
        smaller(a.rangeMax(), b.rangeMax()),
        smaller(a.timeout(), b.timeout()),
        smaller(a.matchersMax(), b.matchersMax()),
        smaller(a.streamsMax(), b.streamsMax()),
        smaller(a.tailsMax(), b.tailsMax()),
        smaller(a.volumeSeriesMax(), b.volumeSeriesMax()),
        smaller(a.bytesMax(), b.bytesMax()),
        smaller(a.downloadEntriesMax(), b.downloadEntriesMax()));
  }

  /** 0 is none. */
  private static int smaller(int a, int b) {
    return (int) smaller((long) a, (long) b);
  }

  private static long smaller(long a, long b) {
    if (a == 0 || b == 0) {
      return Math.max(a, b);
    }
    return Math.min(a, b);
  }

  private static Duration smaller(Duration a, Duration b) {
    if (a.isZero() || b.isZero()) {
      return a.isZero() ? b : a;
    }
    return a.compareTo(b) <= 0 ? a : b;
  }
}
