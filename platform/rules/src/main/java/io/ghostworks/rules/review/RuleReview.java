package io.ghostworks.rules.review;

import io.ghostworks.config.DurationForm;
import io.ghostworks.model.label.Labels;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.series.SeriesSource;
import io.ghostworks.rules.RuleViews;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;

/**
 * Looks back on alerting rules. A rule's alerts are told from those of other rules of the same name
 * by the labels that the rule gives in plain text. Rules that only record are left out. For one
 * review; not thread-safe.
 */
public final class RuleReview {
  private static final long FLAP_MS = 3_600_000;
  private static final int FLAPS_MANY = 3;
  private static final double ALWAYS = 0.8;

  private final FiringTimes times;
  private final AlertOutcomes outcomes;
  private final BiFunction<RuleViews.Group, RuleViews.AlertingView, String> noData;

  /**
   * @param noData why a rule has nothing to fire on, or ""
   */
  public RuleReview(
      SeriesSource source,
      QueryContext context,
      AlertOutcomes outcomes,
      BiFunction<RuleViews.Group, RuleViews.AlertingView, String> noData) {
    this.times = new FiringTimes(source, context);
    this.outcomes = outcomes;
    this.noData = noData;
  }

  /** The alerting rules of groups, those to look at first in front. */
  public List<ReviewedRule> review(List<RuleViews.Group> groups, long startMs, long endMs) {
    List<ReviewedRule> reviewed = new ArrayList<>();
    for (RuleViews.Group group : groups) {
      for (Object rule : group.rules()) {
        if (rule instanceof RuleViews.AlertingView alerting) {
          reviewed.add(review(group, alerting, startMs, endMs));
        }
      }
    }
    reviewed.sort(
        java.util.Comparator.<ReviewedRule>comparingInt(rule -> -rule.remarks().size())
            .thenComparingInt(rule -> -rule.fired()));
    return reviewed;
  }

  private ReviewedRule review(
      RuleViews.Group group, RuleViews.AlertingView rule, long startMs, long endMs) {
    Tally tally = new Tally();
    times.of(
        rule.name(),
        startMs,
        endMs,
        fired -> {
          if (isOf(fired.labels(), rule)) {
            tally.add(fired);
          }
        });
    if (tally.alerts == 0) {
      tally.receivers.addAll(outcomes.receivers(ownLabels(rule)));
    }
    String error = rule.lastError() == null ? "" : rule.lastError();
    String absent = tally.alerts == 0 ? noData.apply(group, rule) : "";
    return new ReviewedRule(
        group.file(),
        group.name(),
        rule.name(),
        tally.alerts,
        tally.fired,
        tally.firingMs,
        tally.longestMs,
        tally.flaps,
        tally.firingNow,
        tally.lastFiredMs,
        tally.silenced,
        tally.acknowledged,
        new ArrayList<>(tally.receivers),
        error,
        absent,
        remarks(tally, error, absent, endMs - startMs));
  }

  /** Whether an alert has the labels that a rule gives in plain text. */
  private static boolean isOf(Labels alert, RuleViews.AlertingView rule) {
    for (Map.Entry<String, String> label : rule.labels().entrySet()) {
      boolean isTemplate = label.getValue().contains("{{");
      if (!isTemplate && !alert.get(label.getKey()).equals(label.getValue())) {
        return false;
      }
    }
    return true;
  }

  private static Labels ownLabels(RuleViews.AlertingView rule) {
    Labels.Builder labels = Labels.builder();
    rule.labels()
        .forEach((name, value) -> {
          if (!value.contains("{{")) {
            labels.set(name, value);
          }
        });
    return labels.set("alertname", rule.name()).build();
  }

  /** What is counted of one rule. */
  private final class Tally {
    private final Set<String> receivers = new LinkedHashSet<>();
    private int alerts;
    private int fired;
    private long firingMs;
    private long longestMs;
    private int flaps;
    private int firingNow;
    private long lastFiredMs;
    private int silenced;
    private int acknowledged;

    void add(FiringTimes.Fired alert) {
      alerts++;
      receivers.addAll(new TreeSet<>(outcomes.receivers(alert.labels())));
      long endedMs = Long.MIN_VALUE;
      for (FiringTimes.Span span : alert.spans()) {
        long lengthMs = span.endMs() - span.startMs();
        fired++;
        firingMs += lengthMs;
        longestMs = Math.max(longestMs, lengthMs);
        flaps += endedMs != Long.MIN_VALUE && span.startMs() - endedMs <= FLAP_MS ? 1 : 0;
        firingNow += span.open() ? 1 : 0;
        lastFiredMs = Math.max(lastFiredMs, span.startMs());
        silenced += outcomes.wasSilenced(alert.labels(), span.startMs(), span.endMs()) ? 1 : 0;
        acknowledged +=
            outcomes.wasAcknowledged(alert.labels(), span.startMs(), span.endMs()) ? 1 : 0;
        endedMs = span.endMs();
      }
    }
  }

  private static List<String> remarks(Tally tally, String error, String absent, long windowMs) {
    List<String> remarks = new ArrayList<>();
    if (!error.isEmpty()) {
      remarks.add("its evaluation fails: " + error);
    }
    if (!absent.isEmpty()) {
      remarks.add(absent);
    }
    if (tally.receivers.isEmpty()) {
      remarks.add("nobody is told of it");
    }
    if (tally.fired == 0) {
      remarks.add("never fired in " + text(windowMs));
    }
    if (tally.alerts > 0 && tally.longestMs > ALWAYS * windowMs) {
      remarks.add("fires nearly always: an alert fired for " + text(tally.longestMs));
    }
    if (tally.flaps >= FLAPS_MANY) {
      remarks.add(
          "flaps: fired again within an hour %d times; a longer for, or keep_firing_for, holds it"
              .formatted(tally.flaps));
    }
    if (tally.fired > 0 && tally.silenced == tally.fired) {
      remarks.add("was silenced every time it fired");
    }
    return remarks;
  }

  private static String text(long ms) {
    return DurationForm.PROMETHEUS.format(Duration.ofSeconds(ms / 1000));
  }
}
