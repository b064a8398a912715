/**
 * Immutable files of series: one UTC day or less of many tenants, sorted by tenant and labels.
 *
 * <p>Writes, reads and merges them; does not decide when. Depends on the part files of {@code
 * storage} and on the chunks.
 */
@NullMarked
package io.ghostworks.series.part;

import org.jspecify.annotations.NullMarked;
