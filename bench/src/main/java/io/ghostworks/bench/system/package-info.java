/**
 * Whole-system benchmarks: a started platform, requests over loopback, its CPU time and memory from
 * the kernel.
 */
package io.ghostworks.bench.system;
