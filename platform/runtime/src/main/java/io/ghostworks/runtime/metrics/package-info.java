/**
 * The platform's own metrics: counters, gauges and histograms that are read at a scrape of itself.
 */
package io.ghostworks.runtime.metrics;
