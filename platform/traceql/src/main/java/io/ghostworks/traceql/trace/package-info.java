/**
 * One trace as a whole: its structure and its summary, worked out from its spans. Knows neither
 * queries nor stores.
 */
package io.ghostworks.traceql.trace;
