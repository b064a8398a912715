package io.ghostworks.scrape.prometheusfile;

import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.ConfigNode;
import io.ghostworks.config.EnvironmentExpansion;
import io.ghostworks.config.Findings;
import io.ghostworks.config.shape.Given;
import io.ghostworks.config.shape.Shape;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.label.NameValidation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The section global: defaults of all jobs. Rules of prometheus config/config.go, GlobalConfig. */
final class GlobalSection {
  private static final Duration INTERVAL = Duration.ofMinutes(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final Shape SHAPE =
      Shape.create()
          .duration("scrape_interval", "scrape_timeout", "evaluation_interval", "rule_query_offset")
          .fields((map, key) -> protocols(map), "scrape_protocols")
          .text("query_log_file", "scrape_failure_log_file", "metric_name_escaping_scheme")
          .textMap("external_labels")
          .size("body_size_limit")
          .unsigned("sample_limit", "target_limit", "label_limit", "label_name_length_limit")
          .unsigned("label_value_length_limit", "keep_dropped_targets")
          .choice("metric_name_validation_scheme", "", "legacy", "utf8")
          .flag("scrape_native_histograms", "convert_classic_histograms_to_nhcb")
          .flag("always_scrape_classic_histograms", "extra_scrape_metrics")
          .rule(GlobalSection::checkTimes);

  private GlobalSection() {}

  /** The settings of {@code node}; what is wrong is reported and has its default. */
  static GlobalSettings read(
      ConfigNode node, Findings findings, UnaryOperator<String> environment) {
    Given given = SHAPE.check(node, findings);
    NameValidation names = nameValidation(given).orElse(NameValidation.UTF8);
    reportWithoutEffect(given);
    Duration interval = given.duration("scrape_interval", Duration.ZERO);
    interval = interval.isZero() ? INTERVAL : interval;
    Duration timeout = given.duration("scrape_timeout", Duration.ZERO);
    Duration evaluation = given.duration("evaluation_interval", Duration.ZERO);
    return new GlobalSettings(
        interval,
        timeout.isZero() ? min(TIMEOUT, interval) : timeout,
        evaluation.isZero() ? INTERVAL : evaluation,
        given.duration("rule_query_offset", Duration.ZERO),
        externalLabels(given, names, environment),
        limits(given),
        protocols(given.map()),
        names,
        given.text("metric_name_escaping_scheme"),
        given.flag("scrape_native_histograms", false),
        given.flag("always_scrape_classic_histograms", false),
        given.flag("convert_classic_histograms_to_nhcb", false),
        given.flag("extra_scrape_metrics", false),
        given.text("query_log_file"));
  }

  static Duration min(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  static ScrapeLimits limits(Given given) {
    return new ScrapeLimits(
        given.size("body_size_limit"),
        given.integer("sample_limit", 0),
        given.integer("target_limit", 0),
        given.integer("label_limit", 0),
        given.integer("label_name_length_limit", 0),
        given.integer("label_value_length_limit", 0),
        given.integer("keep_dropped_targets", 0));
  }

  /** The validation scheme that is named, if one is. */
  static Optional<NameValidation> nameValidation(Given given) {
    return switch (given.text("metric_name_validation_scheme")) {
      case "legacy" -> Optional.of(NameValidation.LEGACY);
      case "utf8" -> Optional.of(NameValidation.UTF8);
      default -> Optional.empty();
    };
  }

  /** The list scrape_protocols, empty where it is not given; mistakes in it are reported. */
  static Optional<List<ScrapeProtocol>> protocols(ConfigMap map) {
    if (map.find("scrape_protocols").isEmpty()) {
      return Optional.empty();
    }
    List<ScrapeProtocol> protocols = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String word : map.strings("scrape_protocols")) {
      Optional<ScrapeProtocol> protocol = ScrapeProtocol.find(word);
      if (!seen.add(word.toLowerCase(Locale.ROOT))) {
        map.error("scrape_protocols", "must not have '" + word + "' twice", "");
      } else if (protocol.isEmpty()) {
        map.error("scrape_protocols", protocolRule() + ", not '" + word + "'", "");
      }
      protocol.ifPresent(protocols::add);
    }
    if (seen.isEmpty()) {
      map.error("scrape_protocols", "must not be empty", "");
    }
    return Optional.of(protocols);
  }

  static String protocolRule() {
    return "must be one of "
        + String.join(
            ", ", List.of(ScrapeProtocol.values()).stream().map(ScrapeProtocol::word).toList());
  }

  private static void checkTimes(Given given) {
    Duration interval = given.duration("scrape_interval", Duration.ZERO);
    Duration effective = interval.isZero() ? INTERVAL : interval;
    if (given.duration("scrape_timeout", Duration.ZERO).compareTo(effective) > 0) {
      given.refuse(
          "scrape_timeout",
          "must not be greater than scrape_interval ("
              + io.ghostworks.config.DurationForm.PROMETHEUS.format(effective)
              + ")");
    }
  }

  private static Labels externalLabels(
      Given given, NameValidation names, UnaryOperator<String> environment) {
    Labels.Builder labels = Labels.builder();
    for (Map.Entry<String, String> label : given.map().stringMap("external_labels").entrySet()) {
      if (!names.isLabelName(label.getKey())) {
        given.refuse(
            "external_labels", "must have valid label names, not '" + label.getKey() + "'");
      }
      labels.set(
          label.getKey(),
          EnvironmentExpansion.expand(
              label.getValue(), name -> name.equals("$") ? "$" : environment.apply(name)));
    }
    return labels.build();
  }

  private static void reportWithoutEffect(Given given) {
    given
        .map()
        .withoutEffect(
            "scrape_failure_log_file",
            "scrape failures are shown at the target, not written to a file");
  }
}
