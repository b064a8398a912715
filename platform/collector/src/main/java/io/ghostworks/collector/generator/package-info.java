/**
 * Metrics from spans: calls, latencies and sizes by operation, and the service graph, with the
 * names and labels of Tempo's metrics generator. Reads acknowledged spans from a saved position and
 * gives samples to a sink; knows no engine, no query and no listener.
 */
package io.ghostworks.collector.generator;
