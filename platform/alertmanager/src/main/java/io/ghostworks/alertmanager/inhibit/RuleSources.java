package io.ghostworks.alertmanager.inhibit;

import io.ghostworks.alertmanager.alert.Alerts;
import io.ghostworks.alertmanager.config.InhibitRule;
import io.ghostworks.alertmanager.matcher.Matchers;
import io.ghostworks.model.label.Labels;
import io.ghostworks.state.ReceivedAlerts;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The alerts that match the source side of one rule, by their equal labels. Thread-safe. */
final class RuleSources {
  private final InhibitRule rule;
  private final Map<Labels, Equals> byEqual = new HashMap<>();

  RuleSources(InhibitRule rule) {
    this.rule = rule;
  }

  /** The sources with the same values, and of each sort the one that ends last. */
  private static final class Equals {
    private final Map<Labels, ReceivedAlerts.Row> oneSided = new HashMap<>();
    private final Map<Labels, ReceivedAlerts.Row> twoSided = new HashMap<>();
    private ReceivedAlerts.@Nullable Row lastOneSided;
    private ReceivedAlerts.@Nullable Row lastTwoSided;

    boolean isEmpty() {
      return oneSided.isEmpty() && twoSided.isEmpty();
    }
  }

  synchronized void put(ReceivedAlerts.Row alert) {
    Equals equals = byEqual.computeIfAbsent(equalLabels(alert.labels()), key -> new Equals());
    if (Matchers.match(rule.targetMatchers(), alert.labels())) {
      equals.lastTwoSided = put(equals.twoSided, equals.lastTwoSided, alert);
    } else {
      equals.lastOneSided = put(equals.oneSided, equals.lastOneSided, alert);
    }
  }

  /** Adds a source and gives the one that ends last. */
  private static ReceivedAlerts.@Nullable Row put(
      Map<Labels, ReceivedAlerts.Row> alerts,
      ReceivedAlerts.@Nullable Row last,
      ReceivedAlerts.Row alert) {
    alerts.put(alert.labels(), alert);
    if (last == null || end(alert) >= end(last)) {
      return alert;
    }
    return last.labels().equals(alert.labels()) ? last(alerts) : last;
  }

  private static ReceivedAlerts.@Nullable Row last(Map<Labels, ReceivedAlerts.Row> alerts) {
    ReceivedAlerts.Row last = null;
    for (ReceivedAlerts.Row alert : alerts.values()) {
      last = last == null || end(alert) > end(last) ? alert : last;
    }
    return last;
  }

  private static long end(ReceivedAlerts.Row alert) {
    return alert.endsAtNanos() == 0 ? Long.MAX_VALUE : alert.endsAtNanos();
  }

  synchronized void remove(Labels alert) {
    Labels key = equalLabels(alert);
    Equals equals = byEqual.get(key);
    if (equals == null) {
      return;
    }
    if (equals.oneSided.remove(alert) != null && isOf(equals.lastOneSided, alert)) {
      equals.lastOneSided = last(equals.oneSided);
    }
    if (equals.twoSided.remove(alert) != null && isOf(equals.lastTwoSided, alert)) {
      equals.lastTwoSided = last(equals.twoSided);
    }
    if (equals.isEmpty()) {
      byEqual.remove(key);
    }
  }

  private static boolean isOf(ReceivedAlerts.@Nullable Row alert, Labels labels) {
    return alert != null && alert.labels().equals(labels);
  }

  /**
   * @param target labels that match the target side
   */
  synchronized Optional<Inhibitor.Inhibition> inhibiting(Labels target, long nowNanos) {
    Equals equals = byEqual.get(equalLabels(target));
    if (equals == null) {
      return Optional.empty();
    }
    ReceivedAlerts.Row source = firing(equals.lastOneSided, nowNanos);
    ReceivedAlerts.Row other = firing(equals.lastTwoSided, nowNanos);
    if (other != null
        && (source == null || end(other) > end(source))
        && !Matchers.match(rule.sourceMatchers(), target)) {
      source = other;
    }
    return Optional.ofNullable(source).map(each -> new Inhibitor.Inhibition(rule, each));
  }

  private static ReceivedAlerts.@Nullable Row firing(
      ReceivedAlerts.@Nullable Row alert, long nowNanos) {
    return alert == null || Alerts.isResolved(alert, nowNanos) ? null : alert;
  }

  /** A label that is missing is equal to one that is empty. */
  private Labels equalLabels(Labels alert) {
    if (rule.equal().isEmpty()) {
      return Labels.EMPTY;
    }
    Labels.Builder builder = Labels.builder();
    for (String name : rule.equal()) {
      builder.set(name, alert.get(name));
    }
    return builder.build();
  }
}
