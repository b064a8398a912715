/**
 * Selecting series over several layers: matchers on postings, and one sorted walk over all layers.
 *
 * <p>A layer is anything that holds series of tenants: the head, or a part. This package knows what
 * it asks of a layer and no layer. Every question names its tenant.
 */
@NullMarked
package io.ghostworks.series.select;

import org.jspecify.annotations.NullMarked;
