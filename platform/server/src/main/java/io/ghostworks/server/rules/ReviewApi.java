package io.ghostworks.server.rules;

import io.ghostworks.model.TenantId;
import io.ghostworks.promql.eval.EngineOptions;
import io.ghostworks.promql.parse.PromqlParseException;
import io.ghostworks.promql.parse.PromqlParser;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.series.SeriesSource;
import io.ghostworks.rules.RuleViews;
import io.ghostworks.rules.lint.LintCheck;
import io.ghostworks.rules.lint.LintFinding;
import io.ghostworks.rules.lint.LintSubject;
import io.ghostworks.rules.lint.RuleLint;
import io.ghostworks.rules.lint.SourceLintData;
import io.ghostworks.rules.review.AlertOutcomes;
import io.ghostworks.rules.review.ReviewedRule;
import io.ghostworks.rules.review.RuleReview;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Queries;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/platform/rules/review}: how the tenant's alerting rules have done in the {@code
 * window} before now, those to look at first in front.
 */
public final class ReviewApi {
  private static final Duration WINDOW = Duration.ofDays(7);
  private static final Duration SERIES_WINDOW = Duration.ofDays(1);

  private final SeriesSource source;
  private final Queries queries;
  private final EngineOptions options;
  private final RulesOf rules;
  private final Outcomes outcomes;

  /**
   * What became of a tenant's alerts since a time, milliseconds since the epoch; for one review.
   */
  @FunctionalInterface
  interface Outcomes {
    AlertOutcomes since(TenantId tenant, long startMs);
  }

  ReviewApi(
      SeriesSource source,
      Queries queries,
      EngineOptions options,
      RulesOf rules,
      Outcomes outcomes) {
    this.source = source;
    this.queries = queries;
    this.options = options;
    this.rules = rules;
    this.outcomes = outcomes;
  }

  public void addTo(Routes.Api api) {
    api.getOrForm(
        "/api/platform/rules/review",
        Permission.READ,
        Route.Work.QUERY,
        queries.evaluation("review", exchange -> "rules review", this::answer));
  }

  private Answer answer(Exchange exchange, QueryContext context) {
    long endMs = queries.clock().epochMs();
    Duration window = RuleTimes.duration(exchange, "window", WINDOW);
    if (window.isZero()) {
      throw RuleTimes.bad("window", "must not be 0");
    }
    List<RuleViews.Group> groups =
        rules.views().apply(exchange.tenant()).rules(RuleViews.Request.ALL).groups();
    RuleLint lint =
        new RuleLint(new SourceLintData(source, context, options, endMs, SERIES_WINDOW), Set.of());
    Set<String> recorded = recorded(groups);
    long startMs = endMs - window.toMillis();
    RuleReview review =
        new RuleReview(
            source,
            context,
            outcomes.since(exchange.tenant(), startMs),
            (group, rule) -> noData(lint, group, rule, recorded));
    return RuleAnswer.of(
        new Reviewed(
            RuleTimes.text(startMs),
            RuleTimes.text(endMs),
            review.review(groups, startMs, endMs).stream().map(View::of).toList()));
  }

  private static Set<String> recorded(List<RuleViews.Group> groups) {
    Set<String> names = new HashSet<>();
    for (RuleViews.Group group : groups) {
      for (Object rule : group.rules()) {
        if (rule instanceof RuleViews.RecordingView recording) {
          names.add(recording.name());
        }
      }
    }
    return names;
  }

  /** Why the series that a rule asks for are not there, or "". */
  private String noData(
      RuleLint lint, RuleViews.Group group, RuleViews.AlertingView rule, Set<String> recorded) {
    LintSubject subject;
    try {
      subject =
          new LintSubject(
              new LintFinding.Place(group.file(), 0, group.name(), rule.name()),
              LintSubject.Kind.ALERT,
              new PromqlParser(options.parser()).parse(rule.query()),
              LintSubject.About.NOTHING);
    } catch (PromqlParseException otherLanguage) {
      return "";
    }
    return lint.check(List.of(subject), recorded).stream()
        .filter(finding -> finding.check() == LintCheck.ABSENT_SERIES)
        .map(LintFinding::reason)
        .collect(Collectors.joining("; "));
  }

  private record Reviewed(@Nullable String start, @Nullable String end, List<View> rules) {}

  private record View(
      String file,
      String group,
      String rule,
      int alerts,
      int fired,
      double firingSeconds,
      double longestSeconds,
      int flaps,
      int firingNow,
      @Nullable String lastFired,
      int silenced,
      int acknowledged,
      List<String> receivers,
      @Nullable String error,
      @Nullable String noData,
      List<String> remarks) {

    static View of(ReviewedRule rule) {
      return new View(
          rule.file(),
          rule.group(),
          rule.rule(),
          rule.alerts(),
          rule.fired(),
          rule.firingMs() / 1e3,
          rule.longestMs() / 1e3,
          rule.flaps(),
          rule.firingNow(),
          RuleTimes.text(rule.lastFiredMs()),
          rule.silenced(),
          rule.acknowledged(),
          rule.receivers(),
          rule.error().isEmpty() ? null : rule.error(),
          rule.noData().isEmpty() ? null : rule.noData(),
          rule.remarks());
    }
  }
}
