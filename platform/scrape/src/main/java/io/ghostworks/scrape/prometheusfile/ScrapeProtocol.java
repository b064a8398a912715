package io.ghostworks.scrape.prometheusfile;

import java.util.Optional;

/** A format in which a target can answer, by the name that configuration has for it. */
public enum ScrapeProtocol {
  PROMETHEUS_PROTO(
      "PrometheusProto",
      "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited"),
  PROMETHEUS_TEXT_0_0_4("PrometheusText0.0.4", "text/plain;version=0.0.4"),
  PROMETHEUS_TEXT_1_0_0("PrometheusText1.0.0", "text/plain;version=1.0.0"),
  OPEN_METRICS_TEXT_0_0_1("OpenMetricsText0.0.1", "application/openmetrics-text;version=0.0.1"),
  OPEN_METRICS_TEXT_1_0_0("OpenMetricsText1.0.0", "application/openmetrics-text;version=1.0.0");

  private final String word;
  private final String mediaType;

  ScrapeProtocol(String word, String mediaType) {
    this.word = word;
    this.mediaType = mediaType;
  }

  /** As {@code PrometheusText0.0.4}. */
  public String word() {
    return word;
  }

  /** What a request's Accept header asks for, without a weight. */
  public String mediaType() {
    return mediaType;
  }

  static Optional<ScrapeProtocol> find(String word) {
    for (ScrapeProtocol protocol : values()) {
      if (protocol.word.equals(word)) {
        return Optional.of(protocol);
      }
    }
    return Optional.empty();
  }
}
