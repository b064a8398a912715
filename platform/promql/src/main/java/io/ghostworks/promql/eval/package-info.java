/**
 * Evaluates PromQL over a source of series, vectorised: the values of a series at all steps of a
 * query are one array. Follows Prometheus 3.14 to the order of its floating-point operations. Knows
 * the syntax tree, histograms and the query interfaces; no store.
 */
package io.ghostworks.promql.eval;
