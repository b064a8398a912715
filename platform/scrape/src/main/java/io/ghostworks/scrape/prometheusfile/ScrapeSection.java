package io.ghostworks.scrape.prometheusfile;

import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.ConfigNode;
import io.ghostworks.config.DurationForm;
import io.ghostworks.config.Findings;
import io.ghostworks.config.shape.Given;
import io.ghostworks.config.shape.Shape;
import io.ghostworks.model.label.NameValidation;
import io.ghostworks.wire.client.ClientSettingsReader;
import io.ghostworks.wire.client.ClientSettingsShape;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** One element of scrape_configs. Rules of prometheus config/config.go, ScrapeConfig. */
final class ScrapeSection {
  private static final Set<String> ESCAPING_SCHEMES =
      Set.of("allow-utf-8", "underscores", "dots", "values");
  private static final List<ScrapeProtocol> DEFAULT_PROTOCOLS =
      List.of(
          ScrapeProtocol.OPEN_METRICS_TEXT_1_0_0,
          ScrapeProtocol.OPEN_METRICS_TEXT_0_0_1,
          ScrapeProtocol.PROMETHEUS_TEXT_1_0_0,
          ScrapeProtocol.PROMETHEUS_TEXT_0_0_4);

  static final List<ScrapeProtocol> PROTOBUF_FIRST =
      Stream.concat(Stream.of(ScrapeProtocol.PROMETHEUS_PROTO), DEFAULT_PROTOCOLS.stream())
          .toList();

  private static final Shape SHAPE =
      Shape.create()
          .text("job_name", "fallback_scrape_protocol", "scrape_failure_log_file", "metrics_path")
          .text("scheme", "metric_name_escaping_scheme")
          .flag("honor_labels", "honor_timestamps", "track_timestamps_staleness")
          .flag("scrape_native_histograms", "always_scrape_classic_histograms")
          .flag("convert_classic_histograms_to_nhcb", "enable_compression", "extra_scrape_metrics")
          .textLists("params")
          .duration("scrape_interval", "scrape_timeout")
          .fields((map, key) -> GlobalSection.protocols(map), "scrape_protocols")
          .size("body_size_limit")
          .unsigned("sample_limit", "target_limit", "label_limit", "label_name_length_limit")
          .unsigned("label_value_length_limit", "keep_dropped_targets")
          .unsigned("native_histogram_bucket_limit")
          .number("native_histogram_min_bucket_factor")
          .choice("metric_name_validation_scheme", "", "legacy", "utf8")
          .fields(ConfigMap::list, "relabel_configs", "metric_relabel_configs")
          .inline(DiscoverySection.KEYS)
          .inline(ClientSettingsShape.CLIENT)
          .rule(given -> given.required("job_name"))
          .rule(DiscoverySection::checkStaticAddresses)
          .rule(ScrapeSection::checkFallbackProtocol);

  private final Given given;
  private final GlobalSettings global;

  private ScrapeSection(Given given, GlobalSettings global) {
    this.given = given;
    this.global = global;
  }

  /** The job of {@code node}; empty where it is null, which is reported as every other mistake. */
  static Optional<ScrapeJob> read(ConfigNode node, GlobalSettings global, Findings findings) {
    if (node.isNull()) {
      findings.error(node, "must not be an empty or null scrape config", "remove it");
      return Optional.empty();
    }
    return Optional.of(new ScrapeSection(SHAPE.check(node, findings), global).job());
  }

  private ScrapeJob job() {
    reportWithoutEffect();
    Optional<NameValidation> ownNames = GlobalSection.nameValidation(given);
    NameValidation names = ownNames.orElse(global.nameValidation());
    Duration interval = given.duration("scrape_interval", Duration.ZERO);
    Duration effectiveInterval = interval.isZero() ? global.scrapeInterval() : interval;
    return new ScrapeJob(
        given.text("job_name"),
        given.flag("honor_labels", false),
        given.flag("honor_timestamps", true),
        given.flag("track_timestamps_staleness", false),
        params(),
        effectiveInterval,
        timeout(effectiveInterval),
        protocols(),
        GlobalSection.protocols(given.map()).or(global::scrapeProtocols).isPresent(),
        ScrapeProtocol.find(given.text("fallback_scrape_protocol")),
        given.text("metrics_path", "/metrics"),
        given.text("scheme", "http"),
        given.flag("enable_compression", true),
        limits(),
        names,
        escapingScheme(ownNames, names),
        NativeHistograms.of(
            scrapesNative(),
            given.flag("always_scrape_classic_histograms", global.alwaysScrapeClassicHistograms()),
            given.flag("convert_classic_histograms_to_nhcb", global.convertClassicHistograms()),
            given.integer("native_histogram_bucket_limit", 0),
            given.number("native_histogram_min_bucket_factor", 0)),
        given.has("extra_scrape_metrics")
            ? given.flag("extra_scrape_metrics", false)
            : global.extraScrapeMetrics(),
        ClientSettingsReader.read(given.map()),
        DiscoverySection.staticTargets(given.map()),
        RelabelSection.rules(given.map(), "relabel_configs", names),
        RelabelSection.rules(given.map(), "metric_relabel_configs", names));
  }

  private boolean scrapesNative() {
    return given.flag("scrape_native_histograms", global.scrapeNativeHistograms());
  }

  private Duration timeout(Duration interval) {
    Duration timeout = given.duration("scrape_timeout", Duration.ZERO);
    if (timeout.compareTo(interval) > 0) {
      given.refuse(
          "scrape_timeout",
          "must not be greater than scrape_interval ("
              + DurationForm.PROMETHEUS.format(interval)
              + ")");
    }
    return timeout.isZero() ? GlobalSection.min(global.scrapeTimeout(), interval) : timeout;
  }

  private Map<String, List<String>> params() {
    Map<String, List<String>> params = new LinkedHashMap<>();
    ConfigMap map = given.map().mapOrEmpty("params");
    map.keys().forEach(name -> params.put(name, map.strings(name)));
    return params;
  }

  private List<ScrapeProtocol> protocols() {
    return GlobalSection.protocols(given.map())
        .or(global::scrapeProtocols)
        .orElse(scrapesNative() ? PROTOBUF_FIRST : DEFAULT_PROTOCOLS);
  }

  private ScrapeLimits limits() {
    ScrapeLimits own = GlobalSection.limits(given);
    ScrapeLimits all = global.limits();
    return new ScrapeLimits(
        own.bodySizeBytes() == 0 ? all.bodySizeBytes() : own.bodySizeBytes(),
        own.samples() == 0 ? all.samples() : own.samples(),
        own.targets() == 0 ? all.targets() : own.targets(),
        own.labels() == 0 ? all.labels() : own.labels(),
        own.labelNameLength() == 0 ? all.labelNameLength() : own.labelNameLength(),
        own.labelValueLength() == 0 ? all.labelValueLength() : own.labelValueLength(),
        own.keepDroppedTargets() == 0 ? all.keepDroppedTargets() : own.keepDroppedTargets());
  }

  private String escapingScheme(Optional<NameValidation> ownNames, NameValidation names) {
    String globalScheme = global.escapingScheme();
    if (globalScheme.isEmpty()) {
      globalScheme = schemeOf(global.nameValidation());
    } else if (!ESCAPING_SCHEMES.contains(globalScheme)) {
      given.refuse(
          "must not inherit the global metric_name_escaping_scheme '"
              + globalScheme
              + "', which is none of allow-utf-8, underscores, dots, values");
    }
    String own = given.text("metric_name_escaping_scheme");
    if (own.isEmpty()) {
      own = ownNames.isEmpty() ? globalScheme : schemeOf(names);
    } else if (!ESCAPING_SCHEMES.contains(own)) {
      given.refuse(
          "metric_name_escaping_scheme", "must be one of allow-utf-8, underscores, dots, values");
    }
    if (own.equals("allow-utf-8") && names != NameValidation.UTF8) {
      given.refuse(
          "metric_name_escaping_scheme",
          "must not be allow-utf-8 where metric_name_validation_scheme is not utf8");
    }
    return own;
  }

  private static String schemeOf(NameValidation names) {
    return names == NameValidation.LEGACY ? "underscores" : "allow-utf-8";
  }

  private static void checkFallbackProtocol(Given given) {
    String word = given.text("fallback_scrape_protocol");
    if (!word.isEmpty() && ScrapeProtocol.find(word).isEmpty()) {
      given.refuse("fallback_scrape_protocol", GlobalSection.protocolRule());
    }
  }

  private void reportWithoutEffect() {
    ConfigMap map = given.map();
    DiscoverySection.reportWithoutEffect(map);
    HttpClientSection.reportWithoutEffect(map);
    map.withoutEffect(
        "scrape_failure_log_file",
        "scrape failures are shown at the target, not written to a file");
  }
}
