package io.ghostworks.rules;

import io.ghostworks.model.label.Labels;
import io.ghostworks.state.RuleAlerts;
import org.jspecify.annotations.Nullable;

/**
 * One instance of an alerting rule.
 *
 * <pre>
 * (none) --element appears--> PENDING --for has passed--> FIRING --element gone--> INACTIVE --15 min--> (none)
 *                             PENDING --element gone--> (none)      INACTIVE --element appears--> PENDING
 *                             FIRING --`for` was made longer--> PENDING
 * </pre>
 *
 * Times are nanoseconds since the epoch, 0 where something did not happen. Guarded by its rule.
 */
final class ActiveAlert {
  final Labels labels;
  Labels annotations;
  AlertState state = AlertState.PENDING;
  double value;
  long activeAtNanos;
  long firedAtNanos;
  long resolvedAtNanos;
  long lastSentAtNanos;
  long validUntilNanos;
  long keepFiringSinceNanos;

  /** Until when it stays as it is although its element is missing. */
  long keepMissingUntilNanos;

  /** As it stands in the state; null before it was stored. */
  RuleAlerts.@Nullable Row stored;

  ActiveAlert(Labels labels, Labels annotations, double value, long activeAtNanos) {
    this.labels = labels;
    this.annotations = annotations;
    this.value = value;
    this.activeAtNanos = activeAtNanos;
  }

  static ActiveAlert restored(RuleAlerts.Row row) {
    ActiveAlert alert =
        new ActiveAlert(row.labels(), row.annotations(), row.value(), row.activeAtNanos());
    alert.state = AlertState.of(row.condition());
    alert.firedAtNanos = row.firedAtNanos();
    alert.resolvedAtNanos = row.resolvedAtNanos();
    alert.lastSentAtNanos = row.lastSentAtNanos();
    alert.validUntilNanos = row.validUntilNanos();
    alert.keepFiringSinceNanos = row.keepFiringSinceNanos();
    alert.stored = row;
    return alert;
  }

  RuleAlerts.Row row(String group, String rule) {
    return new RuleAlerts.Row(
        group,
        rule,
        labels,
        annotations,
        state.word(),
        value,
        activeAtNanos,
        firedAtNanos,
        resolvedAtNanos,
        lastSentAtNanos,
        validUntilNanos,
        keepFiringSinceNanos);
  }

  /** Whether it differs from what is stored in more than its value and annotations. */
  boolean isChanged() {
    RuleAlerts.Row before = stored;
    return before == null
        || !before.condition().equals(state.word())
        || before.activeAtNanos() != activeAtNanos
        || before.firedAtNanos() != firedAtNanos
        || before.resolvedAtNanos() != resolvedAtNanos
        || before.lastSentAtNanos() != lastSentAtNanos
        || before.keepFiringSinceNanos() != keepFiringSinceNanos;
  }

  boolean needsSending(long nowNanos, long resendDelayNanos) {
    if (state == AlertState.PENDING) {
      return false;
    }
    return resolvedAtNanos > lastSentAtNanos || lastSentAtNanos + resendDelayNanos < nowNanos;
  }
}
