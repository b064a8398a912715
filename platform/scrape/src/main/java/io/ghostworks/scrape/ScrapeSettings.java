package io.ghostworks.scrape;

import java.util.Map;

/**
 * What holds for all scrapes of this process.
 *
 * @param hosts where a target's host:port is reached, as host:port; the target keeps its labels
 * @param hostname of this machine, so that several servers spread their scrapes differently
 * @param userAgent the request header
 * @param bodySizeMaxBytes above which no body is read, also where the job sets no limit
 * @param samples what becomes of the samples
 */
public record ScrapeSettings(
    Map<String, String> hosts,
    String hostname,
    String userAgent,
    long bodySizeMaxBytes,
    SampleOptions samples) {
  /** 256 MiB. */
  public static final long DEFAULT_BODY_SIZE_MAX_BYTES = 256L << 20;

  public ScrapeSettings {
    hosts = Map.copyOf(hosts);
    if (bodySizeMaxBytes <= 0) {
      throw new IllegalArgumentException(
          "bodySizeMaxBytes must be positive, got " + bodySizeMaxBytes);
    }
  }
}
