package io.ghostworks.promql.eval;

import io.ghostworks.promql.parse.ParserOptions;

/**
 * How queries are read and evaluated.
 *
 * @param lookbackMs how old the sample of an instant selector may be; it must be younger than this
 * @param samplesMax how many samples a query may hold at once
 * @param subqueryStepMs the step of a subquery that names none
 * @param delayedNameRemoval whether metric names fall away only at the end of a query ({@code
 *     promql-delayed-name-removal})
 * @param startTimestamps whether rates and resets look at the start timestamps of samples and
 *     {@code start_timestamp} tells them ({@code use-start-timestamps})
 * @param typeAndUnitLabels whether a series tells its type by the label {@code __type__}, by which
 *     rates of what is no counter are told from others ({@code type-and-unit-labels})
 * @param resolutionMs the coarsest resolution of downsampled rows that is preferred to raw samples;
 *     0 for raw samples wherever they exist
 */
public record EngineOptions(
    ParserOptions parser,
    long lookbackMs,
    long samplesMax,
    long subqueryStepMs,
    boolean delayedNameRemoval,
    boolean startTimestamps,
    boolean typeAndUnitLabels,
    long resolutionMs) {

  /** What holds without settings: as Prometheus, and experimental functions. */
  public static final EngineOptions DEFAULT =
      new EngineOptions(ParserOptions.DEFAULT, 300_000, 50_000_000, 60_000, false, false, false, 0);

  public EngineOptions {
    if (lookbackMs < 1 || samplesMax < 1 || subqueryStepMs < 1) {
      throw new IllegalArgumentException(
          "lookback, samples and subquery step must be at least 1, got %d ms, %d and %d ms"
              .formatted(lookbackMs, samplesMax, subqueryStepMs));
    }
    if (resolutionMs < 0) {
      throw new IllegalArgumentException(
          "the resolution must not be negative, got %d ms".formatted(resolutionMs));
    }
  }

  public EngineOptions withLookbackMs(long newLookbackMs) {
    return new EngineOptions(
        parser,
        newLookbackMs,
        samplesMax,
        subqueryStepMs,
        delayedNameRemoval,
        startTimestamps,
        typeAndUnitLabels,
        resolutionMs);
  }

  public EngineOptions withSubqueryStepMs(long newStepMs) {
    return new EngineOptions(
        parser,
        lookbackMs,
        samplesMax,
        newStepMs,
        delayedNameRemoval,
        startTimestamps,
        typeAndUnitLabels,
        resolutionMs);
  }

  public EngineOptions withParser(ParserOptions newParser) {
    return new EngineOptions(
        newParser,
        lookbackMs,
        samplesMax,
        subqueryStepMs,
        delayedNameRemoval,
        startTimestamps,
        typeAndUnitLabels,
        resolutionMs);
  }

  public EngineOptions withResolutionMs(long newResolutionMs) {
    return new EngineOptions(
        parser,
        lookbackMs,
        samplesMax,
        subqueryStepMs,
        delayedNameRemoval,
        startTimestamps,
        typeAndUnitLabels,
        newResolutionMs);
  }
}
