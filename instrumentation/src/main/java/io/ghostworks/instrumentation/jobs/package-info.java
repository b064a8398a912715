/**
 * Jobs of a queue: the context goes into the queue with a job and comes out with it.
 *
 * <p>Knows {@code context}, {@code metrics} and OpenTelemetry's API; it must not know how a queue
 * stores its jobs.
 */
package io.ghostworks.instrumentation.jobs;
