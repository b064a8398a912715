/**
 * JMH benchmarks of hot paths: decode, append, scan, evaluate. Those that need a store open the
 * engines as the platform does, in a directory on the real disk.
 */
package io.ghostworks.bench.kernel;
