/**
 * What attributes of spans mean, under the names of old and of stable semantic conventions alike,
 * and for how many spans a sampled one stands. Reads batches and knows no store, protocol or
 * configuration.
 */
package io.ghostworks.model.semconv;
