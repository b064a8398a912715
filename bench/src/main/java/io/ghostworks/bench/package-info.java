/**
 * Benchmarks: {@code kernel} has JMH kernels, {@code system} drives a whole platform over its
 * sockets.
 */
package io.ghostworks.bench;
