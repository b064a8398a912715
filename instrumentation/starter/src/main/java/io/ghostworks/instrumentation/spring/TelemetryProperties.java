package io.ghostworks.instrumentation.spring;

import io.ghostworks.instrumentation.TelemetrySettings;
import io.ghostworks.instrumentation.logging.LogOutput;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings under {@code ghostworks.telemetry} in an application's configuration.
 *
 * @param serviceName by default {@code spring.application.name}
 * @param resource further resource attributes
 * @param otlpEndpoint where traces and logs go as OTLP over HTTP; nothing is sent without it, or
 *     where it is empty
 * @param samplingProbability the share of traces that are kept, in [0, 1]; 0.01 in production
 * @param logStyle JSON, or CONSOLE in development
 * @param metricsPath where metrics are scraped
 * @param unobservedPaths prefixes of paths that make no span and no metric, beside the metrics page
 * @param tenantsMax how many tenants get label values of their own
 * @param slowQuery statements of at least this duration count as slow
 */
@ConfigurationProperties("ghostworks.telemetry")
public record TelemetryProperties(
    @Nullable String serviceName,
    @DefaultValue Map<String, String> resource,
    @Nullable URI otlpEndpoint,
    @DefaultValue("1.0") double samplingProbability,
    @DefaultValue("JSON") LogOutput.Style logStyle,
    @DefaultValue("/metrics") String metricsPath,
    @DefaultValue List<String> unobservedPaths,
    @DefaultValue("200") int tenantsMax,
    @DefaultValue("200ms") Duration slowQuery) {

  TelemetrySettings settings(String applicationName) {
    return new TelemetrySettings(
        serviceName == null ? applicationName : serviceName,
        resource,
        otlpEndpoint == null || otlpEndpoint.toString().isEmpty() ? null : otlpEndpoint,
        samplingProbability,
        logStyle,
        tenantsMax,
        slowQuery);
  }
}
