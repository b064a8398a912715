package io.ghostworks.server.wiring;

import io.ghostworks.logql.eval.LogqlOptions;
import io.ghostworks.model.TenantId;
import io.ghostworks.records.LogLimits;
import io.ghostworks.records.SpanLimits;
import io.ghostworks.scrape.prometheusfile.PrometheusFile;
import io.ghostworks.scrape.prometheusfile.StorageSettings;
import io.ghostworks.series.SeriesLimits;
import io.ghostworks.server.settings.LogIntakeSettings;
import io.ghostworks.server.settings.LogLimitSettings;
import io.ghostworks.server.settings.LogQueryLimitSettings;
import io.ghostworks.server.settings.LogQueryLimits;
import io.ghostworks.server.settings.RulerLimitSettings;
import io.ghostworks.server.settings.RulerLimits;
import io.ghostworks.server.settings.SeriesLimitSettings;
import io.ghostworks.server.settings.Settings;
import io.ghostworks.server.settings.SpanLimitSettings;
import io.ghostworks.server.settings.TraceQueryLimitSettings;
import io.ghostworks.server.settings.TraceQueryLimits;
import io.ghostworks.traceql.metrics.MetricsOptions;
import io.ghostworks.wire.logs.RecordFields;
import io.ghostworks.wire.loki.ServiceName;
import io.ghostworks.wire.otlp.logs.LogStreams;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * What each tenant may store and ask for, as the files say that hold at the moment: {@code
 * ghostworks.yml}, and for the operator's tenant the out-of-order window of {@code prometheus.yml}
 * where that does not name one. Thread-safe.
 */
final class LiveLimits implements Function<TenantId, SeriesLimits> {

  private record Said(
      SeriesLimitSettings limits,
      LogLimitSettings logs,
      SpanLimitSettings spans,
      LogIntakeSettings logIntake,
      LogQueryLimitSettings logQueries,
      TraceQueryLimitSettings traceQueries,
      RulerLimitSettings ruler,
      Optional<Duration> operatorWindow) {}

  private final TenantId operator;
  private volatile Said said;

  LiveLimits(TenantId operator, Settings settings, Optional<PrometheusFile> prometheus) {
    this.operator = operator;
    this.said = said(settings, prometheus);
  }

  /** From now on other files hold. */
  void replace(Settings settings, Optional<PrometheusFile> prometheus) {
    said = said(settings, prometheus);
  }

  private static Said said(Settings settings, Optional<PrometheusFile> prometheus) {
    return new Said(
        settings.limits().series(),
        settings.limits().logs(),
        settings.limits().spans(),
        settings.limits().logIntake(),
        settings.limits().logQueries(),
        settings.limits().traceQueries(),
        settings.limits().ruler(),
        prometheus.map(PrometheusFile::storage).flatMap(StorageSettings::outOfOrderWindow));
  }

  /** What a tenant may send of log records. */
  LogLimits logs(TenantId tenant) {
    return said.logs.of(tenant);
  }

  /** What a tenant may send of spans. */
  SpanLimits spans(TenantId tenant) {
    return said.spans.of(tenant);
  }

  /** Finds levels and trace context in a tenant's log records. */
  RecordFields logFields(TenantId tenant) {
    return said.logIntake.of(tenant).fields();
  }

  /** Gives a tenant's OTLP log records their streams. */
  LogStreams logStreams(TenantId tenant) {
    return said.logIntake.of(tenant).streams();
  }

  /** Finds the names of a tenant's services. */
  ServiceName serviceName(TenantId tenant) {
    return said.logIntake.of(tenant).serviceName();
  }

  /** What a tenant's queries of log records may ask for. */
  LogQueryLimits logQueries(TenantId tenant) {
    return said.logQueries.of(tenant);
  }

  /** What a tenant's queries of traces may ask for. */
  TraceQueryLimits traceQueries(TenantId tenant) {
    return said.traceQueries.of(tenant);
  }

  /** How many rules a tenant may store. */
  RulerLimits ruler(TenantId tenant) {
    return said.ruler.of(tenant);
  }

  /** What the rules of a tenant may ask of log records. */
  LogqlOptions logqlOptions(TenantId tenant) {
    LogQueryLimits limits = logQueries(tenant);
    return new LogqlOptions(
        limits.seriesMax() == 0 ? Integer.MAX_VALUE : limits.seriesMax(),
        limits.rangeMax(),
        LogqlOptions.DEFAULT.maxPoints());
  }

  /** What the rules of a tenant may ask of spans. */
  MetricsOptions traceqlOptions(TenantId tenant) {
    TraceQueryLimits limits = traceQueries(tenant);
    return new MetricsOptions(
        limits.metricsDurationMax(),
        MetricsOptions.DEFAULT.stepsMax(),
        0,
        limits.seriesMax() == 0 ? Integer.MAX_VALUE : limits.seriesMax());
  }

  @Override
  public SeriesLimits apply(TenantId tenant) {
    Said now = said;
    SeriesLimits limits = now.limits.of(tenant);
    boolean windowElsewhere =
        tenant.equals(operator)
            && now.operatorWindow.isPresent()
            && !now.limits.givesWindow(tenant);
    return windowElsewhere ? limits.withOutOfOrderWindow(now.operatorWindow.get()) : limits;
  }
}
