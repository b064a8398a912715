/**
 * Evaluates LogQL: {@link io.ghostworks.logql.eval.LogqlEngine} answers log queries and metric
 * queries over a source of records. A metric query is a tree of {@link
 * io.ghostworks.logql.eval.StepNode}s that go through the steps of the query one by one, so that it
 * holds the windows of its series and not what they were made of.
 */
package io.ghostworks.logql.eval;
