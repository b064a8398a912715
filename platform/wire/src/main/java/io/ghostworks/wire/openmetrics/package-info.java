/**
 * What exposed metrics must and should be: the rules of OpenMetrics 1.0 in full, and the advice of
 * promlint. Scrapes do not go through here; they take what Prometheus takes.
 */
package io.ghostworks.wire.openmetrics;
