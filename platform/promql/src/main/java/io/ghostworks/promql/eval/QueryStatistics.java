package io.ghostworks.promql.eval;

import io.ghostworks.promql.text.DurationText;
import java.util.List;

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
 * @param resolutionsMs of what was read, ascending; 0 is that of raw samples
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
    long sortNanos,
    List<Long> resolutionsMs) {
  public QueryStatistics {
    resolutionsMs = List.copyOf(resolutionsMs);
  }

  /** Whether downsampled samples were read. */
  public boolean isDownsampled() {
    return resolutionsMs.stream().anyMatch(resolutionMs -> resolutionMs > 0);
  }

  /** The resolutions as they are written: {@code raw}, {@code 5m}, {@code 1h}. */
  public List<String> resolutions() {
    return resolutions(resolutionsMs);
  }

  static List<String> resolutions(List<Long> resolutionsMs) {
    return resolutionsMs.stream().map(ms -> ms == 0 ? "raw" : DurationText.format(ms)).toList();
  }
}
