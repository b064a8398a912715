package io.ghostworks.wire.otlp.metrics;

import io.ghostworks.model.label.AttributeNames;
import java.util.List;
import java.util.Set;

/**
 * How OTLP metrics become series: the settings of Prometheus's {@code otlp} section.
 *
 * @param namespace put in front of every name, or ""
 * @param promoteAll whether all resource attributes but those of {@code resourceAttributes} become
 *     labels; otherwise exactly those do
 * @param keepIdentifying whether {@code target_info} repeats the attributes that {@code job} and
 *     {@code instance} are made of
 * @param promoteScope whether the scope's name, version, schema and attributes become {@code
 *     otel_scope_*} labels
 * @param targetInfo whether {@code target_info} is written
 * @param labelNames what becomes of attributes' keys
 * @param customBuckets whether histograms with explicit bounds become native ones with custom
 *     buckets
 * @param typeAndUnitLabels whether each series gets its type and unit as labels
 */
public record MetricTranslation(
    TranslationStrategy strategy,
    String namespace,
    boolean promoteAll,
    Set<String> resourceAttributes,
    boolean keepIdentifying,
    boolean promoteScope,
    boolean targetInfo,
    AttributeNames labelNames,
    boolean customBuckets,
    boolean typeAndUnitLabels) {

  /** The resource attributes that become labels unless configured otherwise. */
  public static final List<String> PROMOTED_BY_DEFAULT =
      List.of(
          "tenant.id",
          "service.name",
          "service.namespace",
          "service.version",
          "service.instance.id",
          "deployment.environment",
          "deployment.environment.name",
          "host.name",
          "cloud.region",
          "cloud.availability_zone",
          "container.name",
          "k8s.cluster.name",
          "k8s.namespace.name",
          "k8s.node.name",
          "k8s.pod.name",
          "k8s.container.name",
          "k8s.deployment.name",
          "k8s.statefulset.name",
          "k8s.daemonset.name",
          "k8s.replicaset.name",
          "k8s.job.name",
          "k8s.cronjob.name");

  /** Names with underscores and suffixes, the usual attributes promoted, scope labels. */
  public static final MetricTranslation DEFAULT =
      new MetricTranslation(
          TranslationStrategy.UNDERSCORE_ESCAPING_WITH_SUFFIXES,
          "",
          false,
          Set.copyOf(PROMOTED_BY_DEFAULT),
          false,
          true,
          true,
          AttributeNames.prometheus(true),
          false,
          false);

  public MetricTranslation {
    resourceAttributes = Set.copyOf(resourceAttributes);
  }

  /** With or without type and unit as labels. */
  public MetricTranslation withTypeAndUnitLabels(boolean wanted) {
    return new MetricTranslation(
        strategy,
        namespace,
        promoteAll,
        resourceAttributes,
        keepIdentifying,
        promoteScope,
        targetInfo,
        labelNames,
        customBuckets,
        wanted);
  }

  boolean promotes(String attribute) {
    return resourceAttributes.contains(attribute) != promoteAll;
  }
}
