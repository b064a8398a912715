package io.ghostworks.scrape.prometheusfile;

import io.ghostworks.model.label.NameValidation;
import io.ghostworks.model.relabel.RelabelRule;
import io.ghostworks.wire.exposition.ExpositionFormat;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One element of scrape_configs with the global defaults filled in.
 *
 * @param honorLabels whether labels of a sample win over those of its target
 * @param honorTimestamps whether timestamps of samples are kept
 * @param trackTimestampsStaleness whether series with own timestamps get staleness markers
 * @param params query parameters
 * @param interval positive
 * @param timeout positive, at most {@code interval}
 * @param protocols what is asked for, most wanted first; never empty
 * @param fallbackProtocol how a body without a known content type is read
 * @param escapingScheme what the Accept header says about names: allow-utf-8, underscores, dots or
 *     values
 * @param alwaysScrapeClassicHistograms shown at the target
 * @param extraScrapeMetrics whether scrape_timeout_seconds, scrape_sample_limit and
 *     scrape_body_size_bytes are recorded
 */
public record ScrapeJob(
    String name,
    boolean honorLabels,
    boolean honorTimestamps,
    boolean trackTimestampsStaleness,
    Map<String, List<String>> params,
    Duration interval,
    Duration timeout,
    List<ScrapeProtocol> protocols,
    Optional<ScrapeProtocol> fallbackProtocol,
    String metricsPath,
    String scheme,
    boolean enableCompression,
    ScrapeLimits limits,
    NameValidation nameValidation,
    String escapingScheme,
    boolean alwaysScrapeClassicHistograms,
    NativeHistograms nativeHistograms,
    boolean extraScrapeMetrics,
    HttpClientOptions http,
    List<StaticTargets> staticTargets,
    List<RelabelRule> relabelRules,
    List<RelabelRule> metricRelabelRules) {

  public ScrapeJob {
    params = Map.copyOf(params);
    protocols = List.copyOf(protocols);
    staticTargets = List.copyOf(staticTargets);
    relabelRules = List.copyOf(relabelRules);
    metricRelabelRules = List.copyOf(metricRelabelRules);
  }

  /**
   * Whether a scrape under {@code other} stores the same series: all is equal but pace, sample
   * limit and HTTP settings.
   */
  public boolean storesAlike(ScrapeJob other) {
    return normalized().equals(other.normalized());
  }

  /** Whether native histograms are read where a target exposes them. */
  public boolean scrapesNativeHistograms() {
    return nativeHistograms.read() != ExpositionFormat.Histograms.CLASSIC;
  }

  private ScrapeJob normalized() {
    return new ScrapeJob(
        name,
        honorLabels,
        honorTimestamps,
        trackTimestampsStaleness,
        params,
        Duration.ZERO,
        Duration.ZERO,
        protocols,
        fallbackProtocol,
        metricsPath,
        scheme,
        enableCompression,
        limits.withoutSamples(),
        nameValidation,
        escapingScheme,
        alwaysScrapeClassicHistograms,
        nativeHistograms,
        extraScrapeMetrics,
        HttpClientOptions.DEFAULT,
        staticTargets,
        relabelRules,
        metricRelabelRules);
  }
}
