package io.ghostworks.rules.backtest;

import com.google.re2j.Pattern;
import io.ghostworks.model.label.Labels;
import io.ghostworks.promql.eval.SeriesPoints;
import io.ghostworks.query.QueryException;
import io.ghostworks.template.PrometheusTemplate;
import io.ghostworks.template.TemplateException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The alerts of a rule while time goes by. At each step the elements of the result are added, then
 * the step is ended, which takes every alert to its state as {@code AlertingRule} does.
 */
final class AlertHistory {
  private static final long FLAP_MS = 3_600_000;

  /** Templates whose text depends on nothing but the labels of the element. */
  private static final Pattern OF_LABELS =
      Pattern.compile(
          "(?s)([^{]|\\{[^{])*(\\{\\{\\s*\\$labels\\.[A-Za-z0-9_]+\\s*\\}\\}([^{]|\\{[^{])*)*");

  private final BacktestRule rule;
  private final BacktestLimits limits;
  private final LongFunction<PrometheusTemplate.Context> contexts;
  private final long startMs;
  private final boolean labelsAreFixed;
  private final Map<Labels, AlertTrack> tracks = new HashMap<>();
  private final Set<AlertTrack> standing = new LinkedHashSet<>();
  private final List<AlertTrack> seen = new ArrayList<>();
  private final List<Labels> elements = new ArrayList<>();
  private final List<BacktestReport.Episode> episodes = new ArrayList<>();
  private long step;
  private String problem = "";
  private int fired;
  private int pendingOnly;
  private int flaps;
  private int standingMax;
  private boolean truncated;
  private long firingMs;
  private final FiringTime anyFiring = new FiringTime();

  /**
   * @param startMs from when on is told; what ended before is not
   */
  AlertHistory(
      BacktestRule rule,
      BacktestLimits limits,
      LongFunction<PrometheusTemplate.Context> contexts,
      long startMs) {
    this.rule = rule;
    this.limits = limits;
    this.contexts = contexts;
    this.startMs = startMs;
    this.labelsAreFixed =
        rule.labels().values().stream().allMatch(text -> OF_LABELS.matches(text.text()));
  }

  /** The series of some steps; their labels are expanded once where values do not matter. */
  final class Piece {
    private final List<SeriesPoints> series;
    private final @Nullable AlertTrack[] trackOfSeries;

    Piece(List<SeriesPoints> series) {
      this.series = series;
      this.trackOfSeries = new AlertTrack[series.size()];
    }

    /** The condition holds for a series at the present step. */
    void add(int index, double value, long atMs) {
      AlertTrack track = trackOfSeries[index];
      Labels element = series.get(index).labels();
      if (track == null) {
        track = track(element, value, atMs);
        trackOfSeries[index] = labelsAreFixed ? track : null;
      }
      if (track.seenStep == step) {
        problem = "vector contains metrics with the same labelset after applying alert labels";
        return;
      }
      track.seenStep = step;
      track.value = value;
      seen.add(track);
      elements.add(element);
    }
  }

  Piece piece(List<SeriesPoints> series) {
    return new Piece(series);
  }

  private AlertTrack track(Labels element, double value, long atMs) {
    Labels.Builder set = element.toBuilder().remove(Labels.METRIC_NAME);
    rule.labels().forEach((name, text) -> set.set(name, expand(text, element, value, atMs)));
    Labels labels = set.set("alertname", rule.name()).build();
    AlertTrack known = tracks.get(labels);
    if (known == null) {
      if (tracks.size() >= limits.standingMax()) {
        forgetEnded();
      }
      known = new AlertTrack(labels);
      tracks.put(labels, known);
    }
    return known;
  }

  private void forgetEnded() {
    tracks
        .values()
        .removeIf(track -> track.state == AlertTrack.State.NONE && track.seenStep < step);
    if (tracks.size() >= limits.standingMax()) {
      throw new QueryException(
          QueryException.Kind.LIMIT,
          "a backtest may have %d alerts at once".formatted(limits.standingMax()));
    }
  }

  /**
   * Ends a step.
   *
   * @return why its evaluation would have failed, or ""; then all alerts are as before, or gone
   *     where there were too many
   */
  String endStep(long atMs) {
    String failed = problem;
    if (failed.isEmpty()) {
      advance(atMs);
      standingMax = Math.max(standingMax, standing.size());
      if (rule.limit() > 0 && standing.size() > rule.limit()) {
        failed = "exceeded limit of %d with %d alerts".formatted(rule.limit(), standing.size());
        new ArrayList<>(standing).forEach(track -> end(track, atMs));
      }
    }
    problem = "";
    seen.clear();
    elements.clear();
    step++;
    return failed;
  }

  private void advance(long atMs) {
    for (int i = 0; i < seen.size(); i++) {
      AlertTrack track = seen.get(i);
      if (track.state == AlertTrack.State.NONE) {
        track.begin(atMs);
        standing.add(track);
        track.annotations = annotations(elements.get(i), track.value, atMs);
      } else {
        track.observe();
      }
      if (track.state == AlertTrack.State.PENDING
          && atMs - track.pendingAtMs >= rule.holdFor().toMillis()) {
        track.state = AlertTrack.State.FIRING;
        track.firingAtMs = atMs;
        track.annotations = annotations(elements.get(i), track.value, atMs);
      }
    }
    for (AlertTrack track : new ArrayList<>(standing)) {
      if (track.seenStep != step && !track.keepsFiring(atMs, rule.keepFiringFor().toMillis())) {
        end(track, atMs);
      }
    }
    boolean anyFires = standing.stream().anyMatch(track -> track.state == AlertTrack.State.FIRING);
    anyFiring.step(anyFires, atMs);
  }

  private Labels annotations(Labels element, double value, long atMs) {
    if (episodes.size() >= limits.episodesMax()) {
      return Labels.EMPTY;
    }
    Labels.Builder annotations = Labels.builder();
    rule.annotations()
        .forEach((name, text) -> annotations.set(name, expand(text, element, value, atMs)));
    return annotations.build();
  }

  private String expand(PrometheusTemplate text, Labels element, double value, long atMs) {
    try {
      return text.expand(element, value, contexts.apply(atMs));
    } catch (TemplateException e) {
      return "<error expanding template: %s>".formatted(e.getMessage());
    }
  }

  private void end(AlertTrack track, long atMs) {
    standing.remove(track);
    told(track, atMs);
    countFiring(track, atMs);
    track.state = AlertTrack.State.NONE;
    track.lastEndMs = track.firingAtMs == 0 ? track.lastEndMs : atMs;
  }

  /**
   * Counts an alert whose life is over.
   *
   * @param endedAtMs 0 if it stands
   */
  private void told(AlertTrack track, long endedAtMs) {
    if (endedAtMs != 0 && endedAtMs < startMs) {
      return;
    }
    if (track.firingAtMs != 0) {
      fired++;
      boolean again =
          track.lastEndMs != Long.MIN_VALUE && track.firingAtMs - track.lastEndMs <= FLAP_MS;
      flaps += again ? 1 : 0;
    } else {
      pendingOnly++;
    }
    if (episodes.size() < limits.episodesMax()) {
      episodes.add(track.episode(endedAtMs));
    } else {
      truncated = true;
    }
  }

  private void countFiring(AlertTrack track, long untilMs) {
    if (track.firingAtMs != 0) {
      firingMs += Math.max(0, untilMs - Math.max(startMs, track.firingAtMs));
    }
  }

  /** What happened until the last step. */
  BacktestReport report(long lastMs, int steps, int failedSteps, String failure) {
    for (AlertTrack track : new ArrayList<>(standing)) {
      told(track, 0);
      countFiring(track, lastMs);
    }
    episodes.sort(Comparator.comparingLong(BacktestReport.Episode::pendingAtMs));
    return new BacktestReport(
        rule,
        startMs,
        lastMs,
        steps,
        failedSteps,
        failure,
        fired,
        pendingOnly,
        firingMs,
        anyFiring.ms(startMs, lastMs),
        flaps,
        standingMax,
        truncated,
        episodes);
  }

  /** When at least one alert fired. */
  private static final class FiringTime {
    private final Map<Long, Long> spans = new LinkedHashMap<>();
    private long sinceMs = Long.MIN_VALUE;

    void step(boolean fires, long atMs) {
      if (fires && sinceMs == Long.MIN_VALUE) {
        sinceMs = atMs;
      } else if (!fires && sinceMs != Long.MIN_VALUE) {
        spans.put(sinceMs, atMs);
        sinceMs = Long.MIN_VALUE;
      }
    }

    long ms(long startMs, long lastMs) {
      long sum = sinceMs == Long.MIN_VALUE ? 0 : Math.max(0, lastMs - Math.max(startMs, sinceMs));
      for (Map.Entry<Long, Long> span : spans.entrySet()) {
        sum += Math.max(0, Math.min(lastMs, span.getValue()) - Math.max(startMs, span.getKey()));
      }
      return sum;
    }
  }
}
