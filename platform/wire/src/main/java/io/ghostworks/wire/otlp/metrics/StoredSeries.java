package io.ghostworks.wire.otlp.metrics;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelSetTable;
import io.ghostworks.model.metric.SeriesBatch;

/** Reads back what is stored of series, so that sums go on where they ended. */
@FunctionalInterface
public interface StoredSeries {
  /** Of which nothing is stored. */
  StoredSeries NONE = (tenant, wanted, fromMs) -> new SeriesBatch("", wanted);

  /**
   * The samples of some series of a tenant from a time on, acknowledged ones all.
   *
   * @return a batch over the wanted sets: the rows of one series come together, oldest first
   * @throws io.ghostworks.model.OverloadedException where they cannot be read now
   */
  SeriesBatch read(TenantId tenant, LabelSetTable wanted, long fromMs);
}
