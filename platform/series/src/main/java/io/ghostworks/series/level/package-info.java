/**
 * Downsampled rows: how they are made of samples or finer rows, merged, and encoded.
 *
 * <p>Knows the columns of chunks and the facts of {@code query}; does not decide when rows are made
 * and knows no file.
 */
@NullMarked
package io.ghostworks.series.level;

import org.jspecify.annotations.NullMarked;
