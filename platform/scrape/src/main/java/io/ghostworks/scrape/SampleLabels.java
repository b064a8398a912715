package io.ghostworks.scrape;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.label.NameValidation;
import io.ghostworks.model.relabel.RelabelRule;
import io.ghostworks.scrape.prometheusfile.ScrapeJob;
import io.ghostworks.scrape.prometheusfile.ScrapeLimits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Gives a target's samples their final labels: those of the target, by the rules of honor_labels,
 * then metric relabelling; then checks names and limits (Prometheus scrape/scrape.go,
 * mutateSampleLabels and verifyLabelLimits).
 */
final class SampleLabels {
  private static final String EXPORTED_PREFIX = "exported_";
  private static final int SHOWN_CHARS = 50;

  private final Labels targetLabels;
  private final boolean honorLabels;
  private final List<RelabelRule> rules;
  private final NameValidation names;
  private final ScrapeLimits limits;

  SampleLabels(Target target, ScrapeJob job) {
    this.targetLabels = target.labels();
    this.honorLabels = job.honorLabels();
    this.rules = job.metricRelabelRules();
    this.names = job.nameValidation();
    this.limits = job.limits();
  }

  /**
   * The labels under which a sample is stored; empty where metric relabelling drops it.
   *
   * @throws ScrapeException where they are invalid or exceed a limit, which fails the scrape
   */
  Optional<Labels> of(Labels exposed) throws ScrapeException {
    Labels.Builder labels = exposed.toBuilder();
    if (honorLabels) {
      targetLabels.forEach((name, value) -> {
        if (!exposed.has(name)) {
          labels.set(name, value);
        }
      });
    } else {
      setTargetLabels(exposed, labels);
    }
    if (!RelabelRule.applyAll(rules, labels)) {
      return Optional.empty();
    }
    Labels stored = labels.build();
    if (stored.isEmpty()) {
      return Optional.empty();
    }
    check(stored);
    return Optional.of(stored);
  }

  /** The labels of {@code up} and the other series that a scrape itself makes. */
  Labels ofReport(String metricName) {
    return targetLabels.toBuilder().set(Labels.METRIC_NAME, metricName).build();
  }

  private void setTargetLabels(Labels exposed, Labels.Builder labels) {
    List<String> conflicts = new ArrayList<>();
    targetLabels.forEach((name, value) -> {
      if (exposed.has(name)) {
        conflicts.add(name);
      }
      labels.set(name, value);
    });
    conflicts.sort(Comparator.comparingInt(SampleLabels::utf8Length));
    for (String name : conflicts) {
      String exported = EXPORTED_PREFIX + name;
      while (labels.get(exported) != null) {
        exported = EXPORTED_PREFIX + exported;
      }
      labels.set(exported, exposed.get(name));
    }
  }

  private void check(Labels labels) throws ScrapeException {
    String metric = labels.metricName();
    if (metric.isEmpty()) {
      throw new ScrapeException("missing metric name (__name__ label)");
    }
    boolean valid = names.isMetricName(metric);
    for (int i = 0; i < labels.size() && valid; i++) {
      valid = labels.name(i).equals(Labels.METRIC_NAME) || names.isLabelName(labels.name(i));
    }
    if (!valid) {
      throw new ScrapeException("invalid metric name or label names: " + labels);
    }
    checkLimits(labels, metric);
  }

  private void checkLimits(Labels labels, String metric) throws ScrapeException {
    if (limits.labels() > 0 && labels.size() > limits.labels()) {
      throw new ScrapeException(
          "label_limit exceeded (metric: %s, number of labels: %d, limit: %d)"
              .formatted(shown(metric), labels.size(), limits.labels()));
    }
    if (limits.labelNameLength() == 0 && limits.labelValueLength() == 0) {
      return;
    }
    for (int i = 0; i < labels.size(); i++) {
      String name = labels.name(i);
      String value = labels.value(i);
      if (limits.labelNameLength() > 0 && utf8Length(name) > limits.labelNameLength()) {
        throw new ScrapeException(
            "label_name_length_limit exceeded (metric: %s, label name: %s, length: %d, limit: %d)"
                .formatted(shown(metric), shown(name), utf8Length(name), limits.labelNameLength()));
      }
      if (limits.labelValueLength() > 0 && utf8Length(value) > limits.labelValueLength()) {
        throw new ScrapeException(
            "label_value_length_limit exceeded (metric: %s, label name: %s, value: \"%s\", length: %d, limit: %d)"
                .formatted(
                    shown(metric),
                    shown(name),
                    shown(value),
                    utf8Length(value),
                    limits.labelValueLength()));
      }
    }
  }

  private static int utf8Length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static String shown(String text) {
    return text.length() <= SHOWN_CHARS ? text : text.substring(0, SHOWN_CHARS);
  }
}
