package io.ghostworks.promql.eval;

/**
 * What an evaluation cost.
 *
 * @param totalSamples samples that its steps looked at, each as often as a step did
 * @param samplesRead samples that were looked at for the first time
 * @param peakSamples the most that were held at once
 * @param startMs the first step
 * @param stepMs the distance of steps
 * @param totalPerStep {@code totalSamples} by step
 * @param readPerStep {@code samplesRead} by step
 * @param queueNanos how long it waited before
 * @param prepareNanos parsing and planning
 * @param innerNanos evaluating
 * @param sortNanos bringing the result into its form
 */
public record QueryStatistics(
    long totalSamples,
    long samplesRead,
    long peakSamples,
    long startMs,
    long stepMs,
    long[] totalPerStep,
    long[] readPerStep,
    long queueNanos,
    long prepareNanos,
    long innerNanos,
    long sortNanos) {}
