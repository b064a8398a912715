package io.ghostworks.instrumentation;

import io.ghostworks.instrumentation.context.CorrelationId;
import io.ghostworks.instrumentation.http.HttpServerTelemetry;
import io.ghostworks.instrumentation.jdbc.ObservedDataSource;
import io.ghostworks.instrumentation.jobs.JobTelemetry;
import io.ghostworks.instrumentation.logging.AuditLog;
import io.ghostworks.instrumentation.logging.LogOutput;
import io.ghostworks.instrumentation.metrics.BusinessMetrics;
import io.ghostworks.instrumentation.metrics.Callbacks;
import io.ghostworks.instrumentation.metrics.DatabaseMetrics;
import io.ghostworks.instrumentation.metrics.HttpMetrics;
import io.ghostworks.instrumentation.metrics.JobMetrics;
import io.ghostworks.instrumentation.metrics.LabelGuard;
import io.ghostworks.instrumentation.metrics.LabelGuards;
import io.ghostworks.instrumentation.metrics.MetricsPage;
import io.ghostworks.instrumentation.trace.BusinessSpans;
import io.ghostworks.instrumentation.trace.ConsistentProbabilitySampler;
import io.ghostworks.instrumentation.trace.ContextSpanProcessor;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.logs.LogRecordProcessor;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.SdkLoggerProviderBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SdkTracerProviderBuilder;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * The observation of one application: everything the library offers, connected once at start.
 *
 * <p>Traces and logs are sent over OTLP, metrics are scraped from {@link #metricsPage}. Logback is
 * set up to write JSON or console lines. Thread-safe. {@link #close} sends what is waiting, at most
 * ten seconds long.
 */
public final class Telemetry implements AutoCloseable {
  private static final String SCOPE = "io.ghostworks.instrumentation";
  private static final long CLOSE_SECONDS = 10;

  private final TelemetrySettings settings;
  private final OpenTelemetrySdk openTelemetry;
  private final SdkLoggerProvider auditLogs;
  private final Tracer tracer;
  private final PrometheusRegistry registry;
  private final MetricsPage metricsPage;
  private final BusinessMetrics business;
  private final DatabaseMetrics database;
  private final HttpServerTelemetry http;
  private final JobTelemetry jobs;
  private final BusinessSpans spans;
  private final AuditLog audit = new AuditLog();

  private Telemetry(
      TelemetrySettings settings,
      OpenTelemetrySdk openTelemetry,
      SdkLoggerProvider auditLogs,
      PrometheusRegistry registry) {
    this.settings = settings;
    this.openTelemetry = openTelemetry;
    this.auditLogs = auditLogs;
    this.registry = registry;
    this.tracer = openTelemetry.getTracer(SCOPE);
    this.metricsPage = new MetricsPage(registry);
    LabelGuards guards = new LabelGuards(registry);
    Callbacks callbacks = new Callbacks(registry);
    LabelGuard tenants = guards.guard(BusinessMetrics.TENANT_LABEL, settings.tenantsMax());
    TextMapPropagator propagator = openTelemetry.getPropagators().getTextMapPropagator();
    this.business = new BusinessMetrics(registry, guards, tenants, callbacks);
    this.database = new DatabaseMetrics(registry);
    this.http =
        new HttpServerTelemetry(
            tracer, propagator, new HttpMetrics(registry, guards, tenants), new CorrelationId());
    this.jobs =
        new JobTelemetry(
            tracer,
            propagator,
            new JobMetrics(registry, guards, callbacks),
            Clock.systemUTC(),
            "db-scheduler");
    this.spans = new BusinessSpans(tracer);
  }

  /** Opens the observation as the settings say. */
  public static Telemetry open(TelemetrySettings settings) {
    return open(settings, Exporters.otlp(settings.otlpEndpoint()));
  }

  /** Opens the observation with other exporters than the settings name. */
  public static Telemetry open(TelemetrySettings settings, Exporters exporters) {
    Resource resource = resource(settings);
    OpenTelemetrySdk openTelemetry =
        OpenTelemetrySdk.builder()
            .setTracerProvider(tracers(settings, resource, exporters.spans()))
            .setLoggerProvider(loggers(resource, exporters.logs()))
            .setPropagators(
                ContextPropagators.create(
                    TextMapPropagator.composite(
                        W3CTraceContextPropagator.getInstance(),
                        W3CBaggagePropagator.getInstance())))
            .build();
    Resource auditResource =
        resource.merge(
            Resource.create(Attributes.builder().put("log_type", AuditLog.LOG_TYPE).build()));
    SdkLoggerProvider auditLogs = loggers(auditResource, exporters.audit());
    PrometheusRegistry registry = new PrometheusRegistry();
    JvmMetrics.builder().register(registry);
    LogOutput.writeToConsole(settings.logStyle(), settings.serviceName());
    LogOutput.attach(openTelemetry.getSdkLoggerProvider(), auditLogs);
    return new Telemetry(settings, openTelemetry, auditLogs, registry);
  }

  /** OpenTelemetry itself, for what the library has no words for. */
  public OpenTelemetry openTelemetry() {
    return openTelemetry;
  }

  /** The registry, for metrics of the application's own. */
  public PrometheusRegistry registry() {
    return registry;
  }

  public MetricsPage metricsPage() {
    return metricsPage;
  }

  public BusinessMetrics business() {
    return business;
  }

  public HttpServerTelemetry http() {
    return http;
  }

  public JobTelemetry jobs() {
    return jobs;
  }

  public BusinessSpans spans() {
    return spans;
  }

  public AuditLog audit() {
    return audit;
  }

  /**
   * A data source that is observed and passes everything to the given one.
   *
   * @param jdbcUrl tells which database it is; it is not shown
   * @param connectionsMax the size of the pool
   */
  public DataSource observe(DataSource pool, String jdbcUrl, int connectionsMax) {
    database.connectionsMax(connectionsMax);
    return new ObservedDataSource(
        pool, tracer, database, ObservedDataSource.systemOf(jdbcUrl), settings.slowQuery());
  }

  @Override
  public void close() {
    LogOutput.detach();
    openTelemetry.shutdown().join(CLOSE_SECONDS, TimeUnit.SECONDS);
    auditLogs.shutdown().join(CLOSE_SECONDS, TimeUnit.SECONDS);
  }

  private static Resource resource(TelemetrySettings settings) {
    AttributesBuilder attributes =
        Attributes.builder()
            .put("service.name", settings.serviceName())
            .put("service.instance.id", UUID.randomUUID().toString())
            .put("process.pid", ProcessHandle.current().pid());
    settings.resourceAttributes().forEach(attributes::put);
    return Resource.getDefault().merge(Resource.create(attributes.build()));
  }

  private static SdkTracerProvider tracers(
      TelemetrySettings settings, Resource resource, List<SpanProcessor> processors) {
    SdkTracerProviderBuilder builder =
        SdkTracerProvider.builder()
            .setResource(resource)
            .setSampler(new ConsistentProbabilitySampler(settings.samplingProbability()))
            .addSpanProcessor(new ContextSpanProcessor());
    processors.forEach(builder::addSpanProcessor);
    return builder.build();
  }

  private static SdkLoggerProvider loggers(Resource resource, List<LogRecordProcessor> processors) {
    SdkLoggerProviderBuilder builder = SdkLoggerProvider.builder().setResource(resource);
    processors.forEach(builder::addLogRecordProcessor);
    return builder.build();
  }
}
