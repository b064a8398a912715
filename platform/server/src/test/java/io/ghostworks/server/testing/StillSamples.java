package io.ghostworks.server.testing;

import io.ghostworks.model.TenantId;
import io.ghostworks.promql.cache.ResultCache;
import io.ghostworks.query.series.SampleChanges;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import java.util.List;

/** Samples that are all old and never change. */
public final class StillSamples implements SampleChanges {

  /** A cache over such samples. */
  public static ResultCache cache() {
    return new ResultCache(
        new StillSamples(), new MemoryLedger().open("results", 1 << 24), new PlatformMetrics());
  }

  @Override
  public Watch watch(TenantId tenant) {
    return new Watch(0, -(1L << 50), 1L << 50);
  }

  @Override
  public List<Times> since(TenantId tenant, Watch watch, long startMs, long endMs) {
    return List.of();
  }
}
