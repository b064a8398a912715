/** Column batches, scans, budgets, cancellation and explain: what the query languages read. */
package io.ghostworks.query;
