/**
 * The OpenTelemetry Collector's configuration file: read whole, checked in the Collector's own
 * words, and turned into records. Starts nothing.
 */
@NullMarked
package io.ghostworks.collector.config;

import org.jspecify.annotations.NullMarked;
