package io.ghostworks.series;

import io.ghostworks.series.select.SeriesLayer;
import io.ghostworks.series.select.SeriesMask;
import org.jspecify.annotations.Nullable;

/**
 * A layer as a query sees it.
 *
 * @param mask what of the tenant's series may be seen, or null for everything
 */
record VisibleLayer(SeriesLayer layer, @Nullable SeriesMask mask) {}
