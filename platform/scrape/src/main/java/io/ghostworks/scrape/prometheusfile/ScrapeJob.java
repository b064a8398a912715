package io.ghostworks.scrape.prometheusfile;

import io.ghostworks.model.label.NameValidation;
import io.ghostworks.model.relabel.RelabelRule;
import io.ghostworks.wire.client.ClientSettings;
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
 * @param protocolsGiven whether the file names them
 * @param fallbackProtocol how a body without a known content type is read
 * @param escapingScheme what the Accept header says about names: allow-utf-8, underscores, dots or
 *     values
 * @param nativeHistograms where a target does not say otherwise by its labels
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
    boolean protocolsGiven,
    Optional<ScrapeProtocol> fallbackProtocol,
    String metricsPath,
    String scheme,
    boolean enableCompression,
    ScrapeLimits limits,
    NameValidation nameValidation,
    String escapingScheme,
    NativeHistograms nativeHistograms,
    boolean extraScrapeMetrics,
    ClientSettings http,
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

  /**
   * What is asked for where the file names nothing and start timestamps are wanted, which protobuf
   * tells best: that first.
   */
  public List<ScrapeProtocol> protocols(boolean wantsStarts) {
    return wantsStarts && !protocolsGiven ? ScrapeSection.PROTOBUF_FIRST : protocols;
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
        protocolsGiven,
        fallbackProtocol,
        metricsPath,
        scheme,
        enableCompression,
        limits.withoutSamples(),
        nameValidation,
        escapingScheme,
        nativeHistograms,
        extraScrapeMetrics,
        ClientSettings.DEFAULT,
        staticTargets,
        relabelRules,
        metricRelabelRules);
  }
}
