/**
 * Arithmetic on native histograms as Prometheus 3.14 does it: sums, differences, resets, quantiles,
 * fractions, trimming. Knows the model's histograms and nothing of queries; the languages and the
 * stores use it.
 */
package io.ghostworks.query.histogram;
