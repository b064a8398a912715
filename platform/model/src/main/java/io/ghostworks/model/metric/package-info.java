/**
 * Samples, native histograms, exemplars, metadata, and the batch that carries them to the series
 * engine.
 */
package io.ghostworks.model.metric;
