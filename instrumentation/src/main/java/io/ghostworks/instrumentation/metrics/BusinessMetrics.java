package io.ghostworks.instrumentation.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Makes an application's business counters and gauges. Every label is guarded: tenants by the
 * tenants' guard, which they share with the HTTP metrics, others by a guard of their own.
 * Thread-safe.
 */
public final class BusinessMetrics {
  /** The label that names the application's tenant. */
  public static final String TENANT_LABEL = "tenant_id";

  private static final int VALUES_MAX = 100;

  private final PrometheusRegistry registry;
  private final LabelGuards guards;
  private final LabelGuard tenants;
  private final Callbacks callbacks;

  public BusinessMetrics(
      PrometheusRegistry registry, LabelGuards guards, LabelGuard tenants, Callbacks callbacks) {
    this.registry = registry;
    this.guards = guards;
    this.tenants = tenants;
    this.callbacks = callbacks;
  }

  /** A counter per tenant, and by further labels where some are named. */
  public BusinessCounter tenantCounter(String name, String help, String... furtherLabels) {
    return counter(
        name,
        help,
        Stream.concat(Stream.of(TENANT_LABEL), Stream.of(furtherLabels)).toArray(String[]::new));
  }

  /** A counter by the given labels. */
  public BusinessCounter counter(String name, String help, String... labels) {
    Counter counter = Counter.builder().name(name).help(help).labelNames(labels).register(registry);
    return new BusinessCounter(counter, guardsOf(labels));
  }

  /**
   * A gauge whose values are asked for at every scrape: label values in the order of the labels,
   * and the number. Values that the guard folds together are added.
   */
  public void gauge(
      String name, String help, List<String> labels, Supplier<Map<List<String>, Double>> values) {
    String[] names = labels.toArray(String[]::new);
    List<LabelGuard> guarded = guardsOf(names);
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames(names)
        .callback(callback ->
            callbacks.ask(
                name,
                () ->
                    admitted(values.get(), guarded)
                        .forEach((key, value) -> callback.call(value, key.toArray(String[]::new)))))
        .register(registry);
  }

  private static Map<List<String>, Double> admitted(
      Map<List<String>, Double> values, List<LabelGuard> guards) {
    Map<List<String>, Double> result = new LinkedHashMap<>();
    values.forEach((key, value) ->
        result.merge(List.of(BusinessCounter.admit(guards, key)), value, Double::sum));
    return result;
  }

  private List<LabelGuard> guardsOf(String... labels) {
    return Stream.of(labels)
        .map(label -> label.equals(TENANT_LABEL) ? tenants : guards.guard(label, VALUES_MAX))
        .toList();
  }
}
