/**
 * The metrics benchmark: the same bytes to Ghostworks and to other servers that take remote write
 * and answer PromQL, one after the other, and what it costs them.
 *
 * <p>Starts servers, sends, asks, and reads CPU, memory and files from the kernel. Depends on the
 * made-up targets in {@code fleet} and on the processes in {@code system}.
 */
@NullMarked
package io.ghostworks.bench.metrics;

import org.jspecify.annotations.NullMarked;
