/** Telemetry itself: labels, matchers, relabelling, samples, histograms, log records, spans, tenants. */
package io.ghostworks.model;
