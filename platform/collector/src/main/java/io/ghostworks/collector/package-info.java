/** Pipelines, receivers, processors and exporters, configured as the OpenTelemetry Collector is. */
package io.ghostworks.collector;
