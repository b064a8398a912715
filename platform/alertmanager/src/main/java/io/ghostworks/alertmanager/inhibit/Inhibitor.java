package io.ghostworks.alertmanager.inhibit;

import io.ghostworks.alertmanager.config.InhibitRule;
import io.ghostworks.alertmanager.matcher.MatcherIndex;
import io.ghostworks.model.label.Labels;
import io.ghostworks.state.ReceivedAlerts;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Which alerts others inhibit ({@code inhibit/inhibit.go}). Of the first rule whose target an alert
 * matches and that has a source which fires, with the same values of the rule's equal labels: that
 * source which ends last. An alert that matches both sides of a rule is not inhibited by another
 * such one, itself included.
 *
 * <p>Alertmanager 0.34 keeps one source for each set of equal values, so that a source which
 * resolves early, or matches both sides, can hide another that still inhibits; here all are kept,
 * as its documentation says. Thread-safe.
 */
public final class Inhibitor {
  private final List<RuleSources> rules;
  private final MatcherIndex sources;
  private final MatcherIndex targets;

  /**
   * Why an alert is not told.
   *
   * @param source the alert that inhibits it
   */
  public record Inhibition(InhibitRule rule, ReceivedAlerts.Row source) {}

  /**
   * @param rules in the order of the configuration
   */
  public Inhibitor(List<InhibitRule> rules) {
    this.rules = rules.stream().map(RuleSources::new).toList();
    this.sources = new MatcherIndex(rules.stream().map(InhibitRule::sourceMatchers).toList());
    this.targets = new MatcherIndex(rules.stream().map(InhibitRule::targetMatchers).toList());
  }

  /** Takes an alert in the place of what was known of the same labels. */
  public void put(ReceivedAlerts.Row alert) {
    sources.visit(
        alert.labels(),
        rule -> {
          rules.get(rule).put(alert);
          return true;
        });
  }

  /** Forgets an alert. */
  public void remove(Labels alert) {
    sources.visit(
        alert,
        rule -> {
          rules.get(rule).remove(alert);
          return true;
        });
  }

  /** What keeps an alert from being told at a time; empty if nothing does. */
  public Optional<Inhibition> inhibiting(Labels alert, long nowNanos) {
    AtomicReference<Optional<Inhibition>> found = new AtomicReference<>(Optional.empty());
    targets.visit(
        alert,
        rule -> {
          found.setPlain(rules.get(rule).inhibiting(alert, nowNanos));
          return found.getPlain().isEmpty();
        });
    return found.getPlain();
  }
}
