package io.ghostworks.rules;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.relabel.RelabelRule;
import io.ghostworks.query.QueryException;
import io.ghostworks.state.ReceivedAlerts;
import io.ghostworks.state.RuleAlerts;
import io.ghostworks.template.GraphLinks;
import io.ghostworks.template.PrometheusTemplate;
import io.ghostworks.template.TemplateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes alerts of an expression's result and takes them through their states, as Prometheus's
 * {@code AlertingRule.Eval} does; see {@link ActiveAlert}.
 */
final class AlertingRule implements Rule {
  private static final Logger log = LoggerFactory.getLogger(AlertingRule.class);

  static final String ALERTS = "ALERTS";
  static final String ALERTS_FOR_STATE = "ALERTS_FOR_STATE";

  /** How long a resolved alert is remembered and told again. */
  private static final long RESOLVED_RETENTION_NANOS = Duration.ofMinutes(15).toNanos();

  private final RuleFile.Alerting written;
  private final Labels labels;
  private final String query;
  private final @Nullable DataProbe probe;
  private final RuleHealth health = new RuleHealth();
  private final Map<Labels, ActiveAlert> active = new LinkedHashMap<>();
  private final List<Labels> forgotten = new ArrayList<>();

  AlertingRule(RuleFile.Alerting written) {
    this.written = written;
    this.query = written.expression().text();
    this.probe =
        written.noData() == Fallback.PROMETHEUS ? null : DataProbe.of(written.expression());
    Labels.Builder builder = Labels.builder();
    written.labels().forEach((name, template) -> builder.set(name, template.text()));
    this.labels = builder.build();
  }

  @Override
  public String name() {
    return written.name();
  }

  @Override
  public Labels labels() {
    return labels;
  }

  @Override
  public String query() {
    return query;
  }

  @Override
  public RuleHealth health() {
    return health;
  }

  /** The labels as written, empty ones too, by name. */
  Map<String, String> writtenLabels() {
    Map<String, String> texts = new TreeMap<>(Labels::compareUtf8);
    written.labels().forEach((name, template) -> texts.put(name, template.text()));
    return texts;
  }

  RuleFile.Alerting written() {
    return written;
  }

  /**
   * Takes over what was stored before a restart.
   *
   * @param keepMissingUntilNanos until when alerts whose elements are missing stay as they are:
   *     after a long pause the data that they need is not there yet
   */
  synchronized void restore(List<RuleAlerts.Row> rows, long keepMissingUntilNanos) {
    for (RuleAlerts.Row row : rows) {
      ActiveAlert alert = ActiveAlert.restored(row);
      alert.keepMissingUntilNanos = keepMissingUntilNanos;
      active.put(row.labels(), alert);
    }
  }

  /**
   * The rule was held: what was left then of the time for which alerts stay although their elements
   * are missing begins now.
   *
   * @param leastNanos for which they stay at least
   */
  synchronized void endHold(long heldSinceNanos, long nowNanos, long leastNanos) {
    for (ActiveAlert alert : active.values()) {
      long left = Math.max(leastNanos, alert.keepMissingUntilNanos - heldSinceNanos);
      if (left > 0) {
        alert.keepMissingUntilNanos = nowNanos + left;
      }
    }
  }

  /** Takes over the alerts of the rule that this one replaces. */
  void takeOver(AlertingRule before) {
    List<ActiveAlert> alerts;
    synchronized (before) {
      alerts = List.copyOf(before.active.values());
    }
    synchronized (this) {
      alerts.forEach(alert -> active.put(alert.labels, alert));
    }
  }

  @Override
  public Result evaluate(Evaluation evaluation, long slotNanos) {
    List<InstantQuery.Element> result;
    try {
      result =
          evaluation
              .query()
              .evaluate(
                  evaluation.settings().tenant(), written.expression(), evaluation.atMs(slotNanos));
    } catch (QueryException e) {
      if (written.onError() == Fallback.PROMETHEUS || e.kind() == QueryException.Kind.CANCELED) {
        throw e;
      }
      return new Result(
          fallBack(written.onError(), evaluation, slotNanos), String.valueOf(e.getMessage()), "");
    }
    if (result.isEmpty() && hasNoData(evaluation, slotNanos)) {
      return new Result(
          fallBack(written.noData(), evaluation, slotNanos),
          "",
          "no data: " + written.noData().word());
    }
    return new Result(advanced(evaluation, alerts(evaluation, result, slotNanos), slotNanos));
  }

  private boolean hasNoData(Evaluation evaluation, long slotNanos) {
    return probe != null
        && !probe.findsData(
            evaluation.query(), evaluation.settings().tenant(), evaluation.atMs(slotNanos));
  }

  /** The series of an evaluation that says nothing about the condition. */
  private List<InstantQuery.Element> fallBack(
      Fallback fallback, Evaluation evaluation, long slotNanos) {
    return switch (fallback) {
      case PROMETHEUS -> throw new IllegalStateException("nothing was asked for");
      case KEEP_LAST -> series();
      case OK -> advanced(evaluation, Map.of(), slotNanos);
      case ALERTING -> advanced(evaluation, standingOrOne(evaluation, slotNanos), slotNanos);
    };
  }

  /** The alerts that stand as if the result asked for them; without any, one of the rule itself. */
  private Map<Labels, ActiveAlert> standingOrOne(Evaluation evaluation, long slotNanos) {
    Map<Labels, ActiveAlert> standing = new LinkedHashMap<>();
    synchronized (this) {
      for (ActiveAlert alert : active.values()) {
        if (alert.state != AlertState.INACTIVE) {
          standing.put(alert.labels, alert);
        }
      }
    }
    return standing.isEmpty()
        ? alerts(evaluation, List.of(new InstantQuery.Element(Labels.EMPTY, Double.NaN)), slotNanos)
        : standing;
  }

  /** Takes the alerts to their states; the series of those that stand. */
  private synchronized List<InstantQuery.Element> advanced(
      Evaluation evaluation, Map<Labels, ActiveAlert> found, long slotNanos) {
    for (ActiveAlert alert : found.values()) {
      ActiveAlert before = active.get(alert.labels);
      if (before != null && before.state != AlertState.INACTIVE) {
        before.value = alert.value;
        before.annotations = alert.annotations;
      } else {
        alert.stored = before == null ? null : before.stored;
        active.put(alert.labels, alert);
      }
    }
    int standing = advance(found, slotNanos);
    if (evaluation.limit() > 0 && standing > evaluation.limit()) {
      forgotten.addAll(active.keySet());
      active.clear();
      throw new RuleException(
          "exceeded limit of %d with %d alerts".formatted(evaluation.limit(), standing));
    }
    return series();
  }

  /** The alerts that the result asks for, all pending. */
  private Map<Labels, ActiveAlert> alerts(
      Evaluation evaluation, List<InstantQuery.Element> result, long slotNanos) {
    GroupSettings settings = evaluation.settings();
    PrometheusTemplate.Context context =
        PrometheusTemplate.Context.of(
            settings.externalUrl(),
            settings.externalLabels(),
            Math.floorDiv(slotNanos, 1_000_000L),
            (expression, timestampMs) ->
                evaluation.query().evaluate(settings.tenant(), expression, timestampMs).stream()
                    .map(e -> new PrometheusTemplate.Sample(e.labels(), e.value()))
                    .toList());
    Map<Labels, ActiveAlert> alerts = new LinkedHashMap<>();
    for (InstantQuery.Element element : result) {
      Labels.Builder set = element.labels().toBuilder().remove(Labels.METRIC_NAME);
      written.labels().forEach((name, text) -> set.set(name, expand(text, element, context)));
      set.set("alertname", name());
      Labels.Builder annotations = Labels.builder();
      written
          .annotations()
          .forEach((name, text) -> {
            if (!Fallback.isAsked(name)) {
              annotations.set(name, expand(text, element, context));
            }
          });
      Labels alertLabels = set.build();
      ActiveAlert alert =
          new ActiveAlert(alertLabels, annotations.build(), element.value(), slotNanos);
      if (alerts.put(alertLabels, alert) != null) {
        throw new RuleException(
            "vector contains metrics with the same labelset after applying alert labels");
      }
    }
    return alerts;
  }

  private String expand(
      PrometheusTemplate template,
      InstantQuery.Element element,
      PrometheusTemplate.Context context) {
    try {
      return template.expand(element.labels(), element.value(), context);
    } catch (TemplateException e) {
      log.warn("expanding a template of the alert {} failed: {}", name(), e.getMessage());
      return "<error expanding template: %s>".formatted(e.getMessage());
    }
  }

  /** Takes all alerts to their states at a time; how many are pending or firing. */
  private int advance(Map<Labels, ActiveAlert> found, long slotNanos) {
    int standing = 0;
    for (Iterator<ActiveAlert> alerts = active.values().iterator(); alerts.hasNext(); ) {
      ActiveAlert alert = alerts.next();
      if (found.containsKey(alert.labels)) {
        alert.keepFiringSinceNanos = 0;
        if (alert.state == AlertState.PENDING) {
          alert.keepMissingUntilNanos = 0; // its data are back
        }
      } else if (slotNanos >= alert.keepMissingUntilNanos || alert.state == AlertState.INACTIVE) {
        boolean keepsFiring = keepsFiring(alert, slotNanos);
        if (alert.state == AlertState.PENDING
            || (alert.resolvedAtNanos != 0
                && slotNanos - alert.resolvedAtNanos > RESOLVED_RETENTION_NANOS)) {
          alerts.remove();
          forgotten.add(alert.labels);
        }
        if (alert.state != AlertState.INACTIVE && !keepsFiring) {
          alert.state = AlertState.INACTIVE;
          alert.resolvedAtNanos = slotNanos;
        }
        if (!keepsFiring) {
          continue;
        }
      } else if (alert.state == AlertState.PENDING) {
        standing++;
        continue; // nothing says that its condition holds
      }
      standing++;
      fireOrHold(alert, slotNanos);
    }
    return standing;
  }

  private boolean keepsFiring(ActiveAlert alert, long slotNanos) {
    long keep = written.keepFiringFor().toNanos();
    if (alert.state != AlertState.FIRING || keep == 0) {
      return false;
    }
    if (alert.keepFiringSinceNanos == 0) {
      alert.keepFiringSinceNanos = slotNanos;
    }
    return slotNanos - alert.keepFiringSinceNanos < keep;
  }

  private void fireOrHold(ActiveAlert alert, long slotNanos) {
    boolean longEnough = slotNanos - alert.activeAtNanos >= written.holdFor().toNanos();
    if (alert.state == AlertState.PENDING && longEnough) {
      alert.state = AlertState.FIRING;
      alert.firedAtNanos = slotNanos;
    } else if (alert.state == AlertState.FIRING && !longEnough) {
      alert.state = AlertState.PENDING;
      alert.firedAtNanos = 0;
      alert.lastSentAtNanos = 0;
      alert.keepFiringSinceNanos = 0;
    }
  }

  /** {@code ALERTS} and {@code ALERTS_FOR_STATE} of the alerts that stand. */
  synchronized List<InstantQuery.Element> series() {
    List<InstantQuery.Element> series = new ArrayList<>();
    for (ActiveAlert alert : active.values()) {
      if (alert.state == AlertState.INACTIVE) {
        continue;
      }
      Labels.Builder set = labels.toBuilder();
      alert.labels.forEach(set::set);
      set.set("alertname", name()).set(Labels.METRIC_NAME, ALERTS_FOR_STATE);
      Labels forState = set.build();
      set.set(Labels.METRIC_NAME, ALERTS).set("alertstate", alert.state.word());
      series.add(new InstantQuery.Element(set.build(), 1));
      series.add(
          new InstantQuery.Element(forState, Math.floorDiv(alert.activeAtNanos, 1_000_000_000L)));
    }
    return series;
  }

  /** Takes the alerts that are to be told now, and marks them as told. */
  synchronized List<Sent> send(GroupSettings settings, long slotNanos, long intervalNanos) {
    long resend = settings.resendDelay().toNanos();
    String generator = settings.externalAddress() + GraphLinks.table(query);
    List<Sent> sent = new ArrayList<>();
    for (ActiveAlert alert : active.values()) {
      if (alert.needsSending(slotNanos, resend)) {
        long before = alert.lastSentAtNanos;
        alert.lastSentAtNanos = slotNanos;
        alert.validUntilNanos = slotNanos + 4 * Math.max(intervalNanos, resend);
        sent.add(new Sent(alert, before, message(alert, settings, slotNanos, generator)));
      }
    }
    return sent;
  }

  /** What is told of an alert; empty where relabelling drops it (notifier/alert.go). */
  private static Optional<ReceivedAlerts.Row> message(
      ActiveAlert alert, GroupSettings settings, long nowNanos, String generator) {
    Labels.Builder set = alert.labels.toBuilder();
    settings
        .externalLabels()
        .forEach((name, value) -> {
          if (set.get(name) == null) {
            set.set(name, value);
          }
        });
    if (!RelabelRule.applyAll(settings.alertRelabelRules(), set)) {
      return Optional.empty();
    }
    long endsAt = alert.resolvedAtNanos != 0 ? alert.resolvedAtNanos : alert.validUntilNanos;
    return Optional.of(
        new ReceivedAlerts.Row(
            set.build(),
            alert.annotations,
            wholeMillis(alert.firedAtNanos),
            wholeMillis(endsAt),
            nowNanos,
            false,
            generator));
  }

  /** Prometheus tells Alertmanager the times of an alert in milliseconds. */
  private static long wholeMillis(long nanos) {
    return nanos - nanos % 1_000_000;
  }

  /**
   * An alert that is told, and when it was told before.
   *
   * @param message as its receiver gets it; empty where nobody is told
   */
  record Sent(ActiveAlert alert, long lastSentBeforeNanos, Optional<ReceivedAlerts.Row> message) {}

  /** What changed since it was stored last. */
  synchronized Changes changes(String group, String ruleKey) {
    List<ActiveAlert> changed = new ArrayList<>();
    List<RuleAlerts.Row> rows = new ArrayList<>();
    for (ActiveAlert alert : active.values()) {
      if (alert.isChanged()) {
        changed.add(alert);
        rows.add(alert.row(group, ruleKey));
      }
    }
    List<Labels> removed =
        forgotten.stream().filter(gone -> !active.containsKey(gone)).distinct().toList();
    return new Changes(changed, rows, removed);
  }

  record Changes(List<ActiveAlert> alerts, List<RuleAlerts.Row> rows, List<Labels> removed) {
    boolean isEmpty() {
      return rows.isEmpty() && removed.isEmpty();
    }
  }

  /** Notes that changes are stored. */
  synchronized void stored(Changes changes) {
    for (int i = 0; i < changes.alerts.size(); i++) {
      changes.alerts.get(i).stored = changes.rows.get(i);
    }
    forgotten.removeAll(changes.removed);
  }

  /** Takes back that alerts were told. */
  synchronized void notSent(List<Sent> sent) {
    sent.forEach(each -> each.alert.lastSentAtNanos = each.lastSentBeforeNanos);
  }

  /** The highest state of any alert. */
  synchronized AlertState state() {
    if (health.snapshot().lastEvaluationNanos() == 0 && active.isEmpty()) {
      return AlertState.UNKNOWN;
    }
    AlertState highest = AlertState.INACTIVE;
    for (ActiveAlert alert : active.values()) {
      highest = alert.state.compareTo(highest) > 0 ? alert.state : highest;
    }
    return highest;
  }

  /** The alerts that fire. */
  synchronized List<ActiveAlert> firing() {
    return active.values().stream().filter(alert -> alert.state == AlertState.FIRING).toList();
  }

  /** The alerts that are pending or firing. */
  synchronized List<RuleViews.Alert> standing() {
    return active.values().stream()
        .filter(alert -> alert.resolvedAtNanos == 0)
        .map(RuleViews.Alert::of)
        .toList();
  }
}
