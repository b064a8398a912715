/**
 * What is told of traces that were found: critical path, self time, the first cause of an error,
 * whether spans are still missing, and how two traces or two sets of spans differ. Works on spans
 * in memory; asks no store, and keeps nothing between two questions, so that late spans count at
 * once.
 */
package io.ghostworks.traceql.analysis;
