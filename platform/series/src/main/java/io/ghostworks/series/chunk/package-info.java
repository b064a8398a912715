/**
 * Samples of one series as compressed columns: packed integers, decimal values, native histograms.
 *
 * <p>Works on memory alone; knows neither files nor labels. Depends on the byte encodings of {@code
 * storage} and on the model of samples.
 */
@NullMarked
package io.ghostworks.series.chunk;

import org.jspecify.annotations.NullMarked;
