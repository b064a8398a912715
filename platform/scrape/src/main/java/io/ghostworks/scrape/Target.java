package io.ghostworks.scrape;

import io.ghostworks.model.label.LabelSetTable;
import io.ghostworks.model.label.Labels;
import io.ghostworks.scrape.prometheusfile.NativeHistograms;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * One endpoint to be scraped. Immutable.
 *
 * @param discoveredLabels before relabelling
 * @param allLabels after relabelling, those with the prefix {@code __} included
 * @param labels what its samples get: all but those with the prefix {@code __}
 * @param url what is fetched
 * @param interval positive
 * @param timeout positive, at most {@code interval}
 * @param nativeHistograms as the job says, or its labels
 */
record Target(
    Labels discoveredLabels,
    Labels allLabels,
    Labels labels,
    String url,
    Duration interval,
    Duration timeout,
    NativeHistograms nativeHistograms) {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  /** What makes two targets of a job the same: their labels after relabelling, and so their URL. */
  Object identity() {
    return allLabels;
  }

  /** "job/instance", by which the batches of a target are kept together. */
  String sender() {
    return labels.get("job") + "/" + labels.get("instance");
  }

  /**
   * How long to wait for the first scrape, so that scrapes of many targets spread over the interval
   * and a target keeps its place in it across restarts (Prometheus scrape/target.go, offset).
   *
   * @param seed differs between servers that scrape the same targets
   */
  Duration offset(long nowEpochNanos, long seed) {
    long intervalNanos = interval.toNanos();
    long base = intervalNanos - Math.floorMod(nowEpochNanos, intervalNanos);
    long next = base + Long.remainderUnsigned(hash() ^ seed, intervalNanos);
    return Duration.ofNanos(next > intervalNanos ? next - intervalNanos : next);
  }

  /** FNV-1a of the labels and the URL. */
  private long hash() {
    return fnv(
        fnv(FNV_OFFSET, LabelSetTable.pack(allLabels)), url.getBytes(StandardCharsets.UTF_8));
  }

  static long seed(String hostname, Labels externalLabels) {
    return fnv(FNV_OFFSET, (hostname + externalLabels).getBytes(StandardCharsets.UTF_8));
  }

  private static long fnv(long start, byte[] bytes) {
    long hash = start;
    for (byte b : bytes) {
      hash = (hash ^ (b & 0xff)) * FNV_PRIME;
    }
    return hash;
  }
}
