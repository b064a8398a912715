package io.ghostworks.server.prometheus;

import io.ghostworks.config.DurationForm;
import io.ghostworks.model.relabel.RelabelRule;
import io.ghostworks.scrape.ActiveTarget;
import io.ghostworks.scrape.DroppedTarget;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/**
 * Targets as the API shows them.
 *
 * @param externalHost under which this machine is reached from elsewhere: what a target's global
 *     URL has instead of a name of the loopback
 */
public record TargetJson(String externalHost) {

  private static final Set<String> LOCAL = Set.of("127.0.0.1", "localhost", "[::1]");

  void active(GoJson json, ActiveTarget target) {
    json.object().name("discoveredLabels").labels(target.discoveredLabels());
    json.name("labels").labels(target.labels());
    json.name("scrapePool").text(target.scrapePool());
    json.name("scrapeUrl").text(target.scrapeUrl());
    json.name("globalUrl").text(globalUrl(target.scrapeUrl()));
    json.name("lastError").text(target.lastError());
    json.name("lastScrape").text(GoTimes.ofMs(target.lastScrapeMs()));
    json.name("lastScrapeDuration").number(target.lastScrapeDuration().toNanos() / 1e9);
    json.name("health").text(target.health().word());
    json.name("scrapeInterval").text(DurationForm.PROMETHEUS.format(target.scrapeInterval()));
    json.name("scrapeTimeout").text(DurationForm.PROMETHEUS.format(target.scrapeTimeout()));
    json.endObject();
  }

  static void dropped(GoJson json, DroppedTarget target) {
    json.object().name("discoveredLabels").labels(target.discoveredLabels());
    json.name("scrapePool").text(target.scrapePool()).endObject();
  }

  /** A relabelling rule with its defaults. */
  static void rule(GoJson json, RelabelRule rule) {
    json.object();
    if (!rule.sourceLabels().isEmpty()) {
      json.name("source_labels").texts(rule.sourceLabels());
    }
    json.name("separator").text(rule.separator()).name("regex").text(rule.regex());
    if (rule.modulus() != 0) {
      json.name("modulus").number(rule.modulus());
    }
    if (!rule.targetLabel().isEmpty()) {
      json.name("target_label").text(rule.targetLabel());
    }
    json.name("replacement").text(rule.replacement());
    json.name("action").text(rule.action().word()).endObject();
  }

  private String globalUrl(String url) {
    try {
      URI parsed = new URI(url);
      if (parsed.getHost() == null || !LOCAL.contains(parsed.getHost())) {
        return url;
      }
      int at = url.indexOf(parsed.getHost());
      return url.substring(0, at) + externalHost + url.substring(at + parsed.getHost().length());
    } catch (URISyntaxException e) {
      return url; // what the scraper took and Java's URI does not is shown as it is
    }
  }
}
