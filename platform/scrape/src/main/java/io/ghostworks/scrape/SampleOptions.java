package io.ghostworks.scrape;

/**
 * What Prometheus has as feature flags of its scrapes.
 *
 * @param typeAndUnitLabels whether each series gets its family's type and unit as labels {@code
 *     __type__} and {@code __unit__} (type-and-unit-labels)
 * @param createdAsStart whether {@code _created} samples of OpenMetrics are start timestamps and no
 *     series (st-storage)
 * @param startZeros whether a sample 0 is stored at each new start timestamp
 *     (created-timestamp-zero-ingestion), which includes {@code createdAsStart}
 */
public record SampleOptions(boolean typeAndUnitLabels, boolean createdAsStart, boolean startZeros) {
  /** As without any flag. */
  public static final SampleOptions DEFAULT = new SampleOptions(false, false, false);

  public SampleOptions {
    createdAsStart |= startZeros;
  }
}
