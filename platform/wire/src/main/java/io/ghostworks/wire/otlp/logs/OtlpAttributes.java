package io.ghostworks.wire.otlp.logs;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What becomes of the attributes of OTLP log records: Loki's {@code otlp_config}. The first rule
 * that names an attribute counts; one that no rule names stays structured metadata.
 *
 * <p>Source: Loki documentation, {@code otlp_config}; the behaviour of grafana/loki
 * pkg/loghttp/push/otlplabels.
 *
 * @param resource rules for attributes of resources
 * @param scope rules for attributes of scopes, none of which makes labels
 * @param log rules for attributes of records
 * @param severityTextAsLabel whether the severity text becomes a label too
 */
public record OtlpAttributes(
    List<Rule> resource, List<Rule> scope, List<Rule> log, boolean severityTextAsLabel) {

  /** The resource attributes that become labels in Loki unless configured otherwise. */
  private static final List<String> LOKI_LABELS =
      List.of(
          "service.name",
          "service.namespace",
          "service.instance.id",
          "deployment.environment",
          "deployment.environment.name",
          "cloud.region",
          "cloud.availability_zone",
          "k8s.cluster.name",
          "k8s.namespace.name",
          "k8s.pod.name",
          "k8s.container.name",
          "container.name",
          "k8s.replicaset.name",
          "k8s.deployment.name",
          "k8s.statefulset.name",
          "k8s.daemonset.name",
          "k8s.cronjob.name",
          "k8s.job.name");

  /** What holds unless it is configured otherwise. */
  public static final OtlpAttributes DEFAULT =
      new OtlpAttributes(List.of(defaultLabels()), List.of(), List.of(), false);

  public OtlpAttributes {
    resource = List.copyOf(resource);
    scope = List.copyOf(scope);
    log = List.copyOf(log);
    if (scope.stream().anyMatch(rule -> rule.action == Action.INDEX_LABEL)) {
      throw new IllegalArgumentException("attributes of scopes cannot be labels");
    }
  }

  /** What becomes of an attribute. */
  public enum Action {
    /** It becomes a label of the stream, and nothing else. */
    INDEX_LABEL,
    STRUCTURED_METADATA,
    /** It is not stored. */
    DROP
  }

  /**
   * One rule.
   *
   * @param attributes names
   * @param regex for whole names; empty where the rule has names
   */
  public record Rule(Action action, Set<String> attributes, Optional<Pattern> regex) {
    public Rule {
      attributes = Set.copyOf(attributes);
    }

    private boolean names(String attribute) {
      return attributes.contains(attribute)
          || (regex.isPresent() && regex.get().matches(attribute));
    }
  }

  /** Loki's default labels; and the kind of a log, so that audit logs are a stream of their own. */
  public static Rule defaultLabels() {
    List<String> labels = new ArrayList<>(LOKI_LABELS);
    labels.add("log_type");
    return new Rule(Action.INDEX_LABEL, Set.copyOf(labels), Optional.empty());
  }

  static Action of(List<Rule> rules, String attribute) {
    for (Rule rule : rules) {
      if (rule.names(attribute)) {
        return rule.action;
      }
    }
    return Action.STRUCTURED_METADATA;
  }
}
