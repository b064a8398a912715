package io.ghostworks.server.rules;

import io.ghostworks.model.TenantId;
import io.ghostworks.promql.eval.EngineOptions;
import io.ghostworks.query.series.SeriesSource;
import io.ghostworks.rules.GroupSettings;
import io.ghostworks.rules.RuleFile;
import io.ghostworks.rules.RuleLanguage;
import io.ghostworks.rules.RuleViews;
import io.ghostworks.server.alertmanager.TenantAlertmanagers;
import io.ghostworks.server.files.ConfigurationFiles;
import io.ghostworks.server.http.Queries;
import io.ghostworks.server.http.Routes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** What helps to write good rules: lint, backtest and review, of the operator's rules. */
public final class RuleTools {
  private final LintApi lint;
  private final BacktestApi backtest;
  private final ReviewApi review;

  /**
   * @param files that hold
   * @param settings what counts for the groups of the files
   * @param rules as they are evaluated
   */
  public RuleTools(
      TenantId operator,
      SeriesSource source,
      Queries queries,
      EngineOptions options,
      Supplier<ConfigurationFiles> files,
      Supplier<GroupSettings> settings,
      Supplier<RuleViews> rules,
      TenantAlertmanagers alertmanagers) {
    this.lint =
        new LintApi(
            operator,
            source,
            queries,
            options,
            () -> ofPromql(files.get()),
            () -> routingLabels(files.get()));
    this.backtest =
        new BacktestApi(operator, source, queries, options, () -> ofPromql(files.get()), settings);
    this.review =
        new ReviewApi(
            operator,
            source,
            queries,
            options,
            rules,
            startMs ->
                new RoutedOutcomes(
                    operator,
                    alertmanagers,
                    files.get().alertmanager(),
                    settings.get().externalLabels(),
                    AcknowledgedAlerts.since(alertmanagers.incidents(operator), startMs)));
  }

  public void addTo(Routes.Api api) {
    lint.addTo(api);
    backtest.addTo(api);
    review.addTo(api);
  }

  private static List<RuleFile> ofPromql(ConfigurationFiles files) {
    return files.rules().stream().filter(file -> file.language() == RuleLanguage.PROMQL).toList();
  }

  private static Set<String> routingLabels(ConfigurationFiles files) {
    Set<String> labels = new HashSet<>();
    files
        .alertmanager()
        .ifPresent(config ->
            config
                .route()
                .walk(route -> {
                  labels.addAll(route.options().groupBy());
                  route.matchers().forEach(matcher -> labels.add(matcher.label()));
                }));
    return labels;
  }
}
