package io.ghostworks.server.rules;

import io.ghostworks.config.DurationForm;
import io.ghostworks.rules.backtest.BacktestReport;
import io.ghostworks.template.GoNumbers;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A backtest as it is answered; durations in seconds, times as RFC 3339. */
record BacktestView(
    String group,
    String rule,
    String expr,
    String interval,
    String holdFor,
    String keepFiringFor,
    @Nullable String start,
    @Nullable String end,
    int evaluations,
    int failedEvaluations,
    @Nullable String failure,
    int fired,
    int pendingOnly,
    double firingSeconds,
    double anyFiringSeconds,
    int flaps,
    int alertsMax,
    boolean truncated,
    List<Alert> alerts) {

  static BacktestView of(BacktestReport report) {
    return new BacktestView(
        report.rule().group(),
        report.rule().name(),
        report.rule().expression().toString(),
        DurationForm.PROMETHEUS.format(report.rule().interval()),
        DurationForm.PROMETHEUS.format(report.rule().holdFor()),
        DurationForm.PROMETHEUS.format(report.rule().keepFiringFor()),
        RuleTimes.text(report.startMs()),
        RuleTimes.text(report.endMs()),
        report.steps(),
        report.failedSteps(),
        report.failure().isEmpty() ? null : report.failure(),
        report.fired(),
        report.pendingOnly(),
        report.firingMs() / 1e3,
        report.anyFiringMs() / 1e3,
        report.flaps(),
        report.standingMax(),
        report.truncated(),
        report.episodes().stream().map(episode -> Alert.of(episode, report.endMs())).toList());
  }

  /** An alert; what did not happen is left out. */
  record Alert(
      Map<String, String> labels,
      Map<String, String> annotations,
      @Nullable String pendingAt,
      @Nullable String firingAt,
      @Nullable String keptSince,
      @Nullable String resolvedAt,
      double firingSeconds,
      String firstValue,
      String leastValue,
      String mostValue) {

    static Alert of(BacktestReport.Episode episode, long endMs) {
      long until = episode.endedAtMs() == 0 ? endMs : episode.endedAtMs();
      return new Alert(
          episode.labels().toMap(),
          episode.annotations().toMap(),
          RuleTimes.text(episode.pendingAtMs()),
          RuleTimes.text(episode.firingAtMs()),
          RuleTimes.text(episode.keptSinceMs()),
          RuleTimes.text(episode.endedAtMs()),
          episode.hasFired() ? (until - episode.firingAtMs()) / 1e3 : 0,
          GoNumbers.shortest(episode.firstValue()),
          GoNumbers.shortest(episode.leastValue()),
          GoNumbers.shortest(episode.mostValue()));
    }
  }
}
