/**
 * Runs the test scripts of Prometheus's promqltest: series in memory, the commands load, clear and
 * eval, and the conformance kind {@code promql}. Also the series notation that rule tests share.
 */
package io.ghostworks.promql.script;
