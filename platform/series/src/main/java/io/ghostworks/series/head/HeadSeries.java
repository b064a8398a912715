package io.ghostworks.series.head;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;

/**
 * A series of a head generation; ordered by tenant and labels.
 *
 * @param series its number in the generation
 */
public record HeadSeries(int series, TenantId tenant, Labels labels)
    implements Comparable<HeadSeries> {
  @Override
  public int compareTo(HeadSeries other) {
    int byTenant = tenant.compareTo(other.tenant);
    return byTenant != 0 ? byTenant : labels.compareTo(other.labels);
  }
}
