package io.ghostworks.scrape;

import io.ghostworks.scrape.prometheusfile.ScrapeProtocol;
import java.util.List;

/** What Prometheus 3 asks targets for, in the order of preference. */
final class AcceptHeader {
  private static final int HIGHEST_WEIGHT = ScrapeProtocol.values().length + 1;

  private AcceptHeader() {}

  static String of(List<ScrapeProtocol> protocols, String escapingScheme) {
    StringBuilder header = new StringBuilder();
    int weight = HIGHEST_WEIGHT;
    for (ScrapeProtocol protocol : protocols) {
      header.append(protocol.mediaType());
      if (protocol == ScrapeProtocol.PROMETHEUS_TEXT_1_0_0
          || protocol == ScrapeProtocol.OPEN_METRICS_TEXT_1_0_0) {
        header.append(";escaping=").append(escapingScheme);
      }
      header.append(";q=0.").append(weight--).append(',');
    }
    return header.append("*/*;q=0.").append(weight).toString();
  }
}
