package io.ghostworks.scrape.prometheusfile;

/**
 * Bounds of a scrape; 0 is none. Exceeding one fails the whole scrape.
 *
 * @param bodySizeBytes the uncompressed body
 * @param samples after metric relabelling
 * @param targets of the job after target relabelling
 * @param labels of a sample after metric relabelling
 * @param labelNameLength in bytes
 * @param labelValueLength in bytes
 * @param keepDroppedTargets how many dropped targets of the job are kept to be shown
 */
public record ScrapeLimits(
    long bodySizeBytes,
    long samples,
    long targets,
    long labels,
    long labelNameLength,
    long labelValueLength,
    long keepDroppedTargets) {

  ScrapeLimits withoutSamples() {
    return new ScrapeLimits(
        bodySizeBytes, 0, targets, labels, labelNameLength, labelValueLength, keepDroppedTargets);
  }
}
