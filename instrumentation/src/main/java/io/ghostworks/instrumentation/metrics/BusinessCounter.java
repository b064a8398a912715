package io.ghostworks.instrumentation.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import java.util.List;

/** A business counter with guarded labels. Thread-safe. */
public final class BusinessCounter {
  private final Counter counter;
  private final List<LabelGuard> guards;

  BusinessCounter(Counter counter, List<LabelGuard> guards) {
    this.counter = counter;
    this.guards = guards;
  }

  /** Adds one; label values stand in the order of the labels. */
  public void increment(String... labelValues) {
    add(1, labelValues);
  }

  /** Adds an amount of at least 0. */
  public void add(double amount, String... labelValues) {
    counter.labelValues(admit(guards, List.of(labelValues))).inc(amount);
  }

  static String[] admit(List<LabelGuard> guards, List<String> values) {
    if (values.size() != guards.size()) {
      throw new IllegalArgumentException(
          "a metric with " + guards.size() + " labels was given " + values.size() + " values");
    }
    String[] admitted = new String[values.size()];
    for (int i = 0; i < admitted.length; i++) {
      admitted[i] = guards.get(i).admit(values.get(i));
    }
    return admitted;
  }
}
