package io.ghostworks.series.select;

import io.ghostworks.model.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * What of layers is hidden: samples past their retention, and deleted ones. Reads and merges ask
 * the same masks.
 */
@FunctionalInterface
public interface LayerMasks {
  /** Hides nothing. */
  LayerMasks NONE = (tenant, layer) -> null;

  /** The mask of a tenant's series in a layer, or null where nothing of them is hidden. */
  @Nullable SeriesMask of(TenantId tenant, SeriesLayer layer);

  /** The cursor over series of a layer without what is hidden; the same one where nothing is. */
  default LayerCursor over(TenantId tenant, SeriesLayer layer, LayerCursor cursor) {
    SeriesMask mask = of(tenant, layer);
    return mask == null ? cursor : new MaskedCursor(cursor, mask);
  }
}
