package io.ghostworks.server.cli;

import io.ghostworks.alertmanager.config.AlertmanagerConfigConformance;
import io.ghostworks.config.conformance.ConformanceKind;
import io.ghostworks.dashboards.conformance.DashboardsConformance;
import io.ghostworks.logql.script.LogqlConformance;
import io.ghostworks.promql.script.PromqlConformance;
import io.ghostworks.rules.test.RulesConformance;
import io.ghostworks.scrape.prometheusfile.PrometheusConfigConformance;
import io.ghostworks.server.jaeger.JaegerConformance;
import io.ghostworks.traceql.script.TraceqlConformance;
import io.ghostworks.wire.openmetrics.OpenMetricsConformance;
import java.util.List;

/** The kinds of published data that this version runs. */
final class ConformanceKinds {

  private ConformanceKinds() {}

  static List<ConformanceKind> all() {
    return List.of(
        new AlertmanagerConfigConformance(),
        new DashboardsConformance(),
        new PrometheusConfigConformance(),
        new PromqlConformance(),
        new LogqlConformance(),
        new JaegerConformance(),
        new TraceqlConformance(),
        new OpenMetricsConformance(),
        new RulesConformance());
  }
}
