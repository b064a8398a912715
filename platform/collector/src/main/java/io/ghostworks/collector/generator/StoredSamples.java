package io.ghostworks.collector.generator;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.metric.SeriesBatch;
import java.util.List;

/** What of the generator's own series is stored. */
@FunctionalInterface
public interface StoredSamples {
  /**
   * The newest sample of each of a tenant's series with one of these names that has samples in a
   * range of time, both ends inclusive.
   *
   * @throws io.ghostworks.model.OverloadedException if it cannot be read now
   */
  SeriesBatch newest(TenantId tenant, List<String> metricNames, long startMs, long endMs);
}
