package io.ghostworks.server.rules;

import io.ghostworks.promql.ast.Expr;
import io.ghostworks.promql.eval.EngineOptions;
import io.ghostworks.promql.parse.PromqlParseException;
import io.ghostworks.promql.parse.PromqlParser;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.series.SeriesSource;
import io.ghostworks.rules.GroupSettings;
import io.ghostworks.rules.RuleExpression;
import io.ghostworks.rules.RuleFile;
import io.ghostworks.rules.backtest.Backtest;
import io.ghostworks.rules.backtest.BacktestLimits;
import io.ghostworks.rules.backtest.BacktestReport;
import io.ghostworks.rules.backtest.BacktestRule;
import io.ghostworks.rules.backtest.SourceBacktestQuery;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Queries;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.template.PrometheusTemplate;
import io.ghostworks.template.TemplateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code POST /api/platform/rules/backtest}: when alerting rules would have fired from {@code
 * start} to {@code end}. The form has the rule as {@code expr} with {@code for}, {@code
 * keep_firing_for}, {@code interval}, {@code label} and {@code annotation} (name=value); or the
 * text of a file as {@code rules}; or neither, for those that are loaded. {@code group} and {@code
 * rule} choose of the latter two.
 */
public final class BacktestApi {
  private static final Duration RANGE = Duration.ofDays(1);
  private static final int RULES_MAX = 100;

  private final SeriesSource source;
  private final Queries queries;
  private final EngineOptions options;
  private final RulesOf rules;

  public BacktestApi(SeriesSource source, Queries queries, EngineOptions options, RulesOf rules) {
    this.source = source;
    this.queries = queries;
    this.options = options;
    this.rules = rules;
  }

  public void addTo(Routes.Api api) {
    api.post(
        "/api/platform/rules/backtest",
        Permission.READ,
        Route.Work.QUERY,
        queries.evaluation(
            "promql",
            exchange -> "backtest " + exchange.parameter("expr").orElse("of rules"),
            this::answer));
  }

  private Answer answer(Exchange exchange, QueryContext context) {
    long nowMs = queries.clock().epochMs();
    long endMs = RuleTimes.ms(exchange, "end", nowMs);
    long startMs = RuleTimes.ms(exchange, "start", endMs - RANGE.toMillis());
    if (endMs < startMs) {
      throw RuleTimes.bad("end", "must not be before start");
    }
    List<BacktestRule> tried = rules(exchange);
    GroupSettings given = rules.settings().apply(exchange.tenant());
    List<BacktestView> reports = new ArrayList<>();
    for (BacktestRule rule : tried) {
      SourceBacktestQuery query =
          new SourceBacktestQuery(source, context, () -> queries.step(context), options).started();
      Backtest backtest =
          new Backtest(
              rule, query, BacktestLimits.DEFAULT, given.externalLabels(), given.externalUrl());
      BacktestReport report;
      try {
        report = backtest.run(startMs, endMs);
      } catch (IllegalArgumentException e) {
        throw new RequestException(400, String.valueOf(e.getMessage()), e);
      }
      reports.add(BacktestView.of(report));
    }
    return RuleAnswer.of(new Reports(reports));
  }

  private record Reports(List<BacktestView> rules) {}

  private List<BacktestRule> rules(Exchange exchange) {
    String expression = exchange.parameter("expr").orElse("");
    if (!expression.isEmpty()) {
      return List.of(written(exchange, expression));
    }
    List<RuleTexts> texts = RuleTexts.brought(exchange, options.parser());
    List<RuleFile> files =
        texts.isEmpty()
            ? rules.loaded(exchange.tenant())
            : texts.stream().map(RuleTexts::file).toList();
    List<BacktestRule> found = new ArrayList<>();
    GroupSettings given = rules.settings().apply(exchange.tenant());
    String group = exchange.parameter("group").orElse("");
    String name = exchange.parameter("rule").orElse("");
    for (RuleFile file : files) {
      for (RuleFile.Group each : file.groups()) {
        for (RuleFile.Rule rule : each.rules()) {
          if (rule instanceof RuleFile.Alerting alerting
              && alerting.expression() instanceof RuleExpression.Promql
              && (group.isEmpty() || group.equals(each.name()))
              && (name.isEmpty() || name.equals(alerting.name()))) {
            found.add(rule(file, each, alerting, given));
          }
        }
      }
    }
    if (found.isEmpty()) {
      throw RequestException.bad(
          "there is no alerting rule%s to try: give expr, or the text of a file as rules"
              .formatted(name.isEmpty() ? "" : " " + name));
    }
    if (found.size() > RULES_MAX) {
      throw RequestException.bad(
          "one backtest may have %d rules, got %d: choose by group and rule"
              .formatted(RULES_MAX, found.size()));
    }
    return found;
  }

  private static BacktestRule rule(
      RuleFile file, RuleFile.Group group, RuleFile.Alerting alerting, GroupSettings given) {
    Duration interval = group.interval().isZero() ? given.interval() : group.interval();
    Duration offset = group.queryOffset();
    long slotMs = group.slotAtOrBefore(file.place(), interval.toNanos(), 0) / 1_000_000;
    return new BacktestRule(
        group.name(),
        alerting.name(),
        RuleExpression.promql(alerting.expression()),
        interval,
        slotMs,
        offset == null ? given.queryOffset() : offset,
        alerting.holdFor(),
        alerting.keepFiringFor(),
        group.limit(),
        alerting.labels(),
        alerting.annotations());
  }

  private BacktestRule written(Exchange exchange, String expression) {
    Expr parsed;
    try {
      parsed = new PromqlParser(options.parser()).parse(expression);
    } catch (PromqlParseException e) {
      throw RuleTimes.bad("expr", String.valueOf(e.getMessage()));
    }
    GroupSettings given = rules.settings().apply(exchange.tenant());
    Duration interval = RuleTimes.duration(exchange, "interval", given.interval());
    if (interval.toMillis() < 1) {
      throw RuleTimes.bad("interval", "must be at least 1ms");
    }
    return new BacktestRule(
        "",
        exchange.parameter("alert").orElse("backtest"),
        parsed,
        interval,
        0,
        given.queryOffset(),
        RuleTimes.duration(exchange, "for", Duration.ZERO),
        RuleTimes.duration(exchange, "keep_firing_for", Duration.ZERO),
        0,
        templates(exchange, "label"),
        templates(exchange, "annotation"));
  }

  private static Map<String, PrometheusTemplate> templates(Exchange exchange, String name) {
    Map<String, PrometheusTemplate> templates = new LinkedHashMap<>();
    for (String text : exchange.parameters(name)) {
      int equals = text.indexOf('=');
      if (equals < 1) {
        throw RuleTimes.bad(name, "must be name=value, got '%s'".formatted(text));
      }
      try {
        templates.put(
            text.substring(0, equals),
            PrometheusTemplate.parse("__alert_backtest", text.substring(equals + 1)));
      } catch (TemplateException e) {
        throw RuleTimes.bad(name, String.valueOf(e.getMessage()));
      }
    }
    return templates;
  }
}
