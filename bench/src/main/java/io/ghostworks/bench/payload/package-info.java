/** Requests that benchmarks send. */
package io.ghostworks.bench.payload;
