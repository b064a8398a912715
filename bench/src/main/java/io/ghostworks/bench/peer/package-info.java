/**
 * Servers measured beside each other: their start, what is sent to them, what the kernel says of
 * them, and the options of the benchmarks that do so. Knows no protocol; depends on the measuring
 * of {@code system}.
 */
package io.ghostworks.bench.peer;
