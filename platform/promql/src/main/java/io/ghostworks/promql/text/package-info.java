/**
 * How PromQL writes numbers, durations and quoted texts, as Go's strconv and Prometheus's model
 * package do. Knows nothing of queries.
 */
package io.ghostworks.promql.text;
