/**
 * Made-up targets whose series behave as those of real ones: what kinds there are, how often they
 * change, how far they jump, when they are scraped. The same seed gives the same bytes.
 *
 * <p>Makes requests of remote write 1.0; sends nothing.
 */
@NullMarked
package io.ghostworks.bench.fleet;

import org.jspecify.annotations.NullMarked;
