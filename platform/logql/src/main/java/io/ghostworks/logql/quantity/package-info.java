/**
 * Numbers, durations and sizes as Go's libraries read and print them, which LogQL's texts and
 * messages rest on. Knows nothing of queries.
 */
package io.ghostworks.logql.quantity;
