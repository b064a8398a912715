package io.ghostworks.instrumentation.spring;

import io.ghostworks.instrumentation.Exporters;
import io.ghostworks.instrumentation.Telemetry;
import io.ghostworks.instrumentation.TelemetrySettings;
import io.ghostworks.instrumentation.logging.AuditLog;
import io.ghostworks.instrumentation.metrics.BusinessMetrics;
import io.ghostworks.instrumentation.trace.BusinessSpans;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * Opens the library for a Spring Boot application. An application that defines {@link Exporters}
 * has its spans and log records go there.
 */
@AutoConfiguration
@EnableConfigurationProperties(TelemetryProperties.class)
public class TelemetryAutoConfiguration {
  static final String UNNAMED = "application";

  @Bean(destroyMethod = "close")
  @ConditionalOnMissingBean
  Telemetry telemetry(
      TelemetryProperties properties,
      Environment environment,
      ObjectProvider<Exporters> exporters) {
    TelemetrySettings settings =
        properties.settings(environment.getProperty("spring.application.name", UNNAMED));
    Exporters own = exporters.getIfAvailable();
    return own == null ? Telemetry.open(settings) : Telemetry.open(settings, own);
  }

  @Bean
  static ObservedDataSources observedDataSources(
      ObjectProvider<Telemetry> telemetry, Environment environment) {
    return new ObservedDataSources(telemetry, environment);
  }

  @Bean
  BusinessMetrics businessMetrics(Telemetry telemetry) {
    return telemetry.business();
  }

  @Bean
  BusinessSpans businessSpans(Telemetry telemetry) {
    return telemetry.spans();
  }

  @Bean
  AuditLog auditLog(Telemetry telemetry) {
    return telemetry.audit();
  }

  @Bean
  @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
  FilterRegistrationBean<TelemetryFilter> telemetryFilter(
      Telemetry telemetry, TelemetryProperties properties) {
    List<String> unobserved = new ArrayList<>(properties.unobservedPaths());
    unobserved.add(properties.metricsPath());
    FilterRegistrationBean<TelemetryFilter> filter =
        new FilterRegistrationBean<>(new TelemetryFilter(telemetry.http(), unobserved));
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return filter;
  }

  @Bean
  @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
  ServletRegistrationBean<MetricsServlet> metricsServlet(
      Telemetry telemetry, TelemetryProperties properties) {
    return new ServletRegistrationBean<>(
        new MetricsServlet(telemetry.metricsPage()), properties.metricsPath());
  }
}
