/** JMH benchmarks of hot paths. */
package io.ghostworks.bench.kernel;
