package io.ghostworks.server.rules;

import io.ghostworks.alertmanager.config.AlertmanagerConfig;
import io.ghostworks.promql.eval.EngineOptions;
import io.ghostworks.query.series.SeriesSource;
import io.ghostworks.server.alertmanager.TenantAlertmanagers;
import io.ghostworks.server.http.Queries;
import io.ghostworks.server.http.Routes;
import java.util.HashSet;
import java.util.Set;

/**
 * What helps to write good rules: lint, backtest, review and preview, of each tenant's own rules.
 */
public final class RuleTools {
  private final LintApi lint;
  private final BacktestApi backtest;
  private final ReviewApi review;
  private final RulePreviewApi preview;

  public RuleTools(
      SeriesSource source,
      Queries queries,
      EngineOptions options,
      RulesOf rules,
      TenantAlertmanagers alertmanagers,
      RulePreviewApi preview) {
    this.lint =
        new LintApi(
            source, queries, options, rules, tenant -> routingLabels(alertmanagers.config(tenant)));
    this.backtest = new BacktestApi(source, queries, options, rules);
    this.review =
        new ReviewApi(
            source,
            queries,
            options,
            rules,
            (tenant, startMs) ->
                new RoutedOutcomes(
                    tenant,
                    alertmanagers,
                    alertmanagers.config(tenant),
                    rules.settings().apply(tenant).externalLabels(),
                    AcknowledgedAlerts.since(alertmanagers.incidents(tenant), startMs)));
    this.preview = preview;
  }

  public void addTo(Routes.Api api) {
    lint.addTo(api);
    backtest.addTo(api);
    review.addTo(api);
    preview.addTo(api);
  }

  private static Set<String> routingLabels(AlertmanagerConfig config) {
    Set<String> labels = new HashSet<>();
    config
        .route()
        .walk(route -> {
          labels.addAll(route.options().groupBy());
          route.matchers().forEach(matcher -> labels.add(matcher.label()));
        });
    return labels;
  }
}
