package io.ghostworks.instrumentation;

import io.ghostworks.instrumentation.logging.LogOutput;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an application is observed.
 *
 * @param serviceName the resource attribute {@code service.name}
 * @param resourceAttributes further resource attributes ({@code service.version}, {@code
 *     deployment.environment.name})
 * @param otlpEndpoint where traces and logs are sent as OTLP over HTTP with protobuf, without the
 *     signal's path ({@code http://localhost:4318}); null sends nothing
 * @param samplingProbability the share of traces that begin here and are kept, in [0, 1]
 * @param logStyle how log lines look on standard output
 * @param tenantsMax how many tenants get label values of their own; the others share one
 * @param slowQuery statements of at least this duration count as slow
 */
public record TelemetrySettings(
    String serviceName,
    Map<String, String> resourceAttributes,
    @Nullable URI otlpEndpoint,
    double samplingProbability,
    LogOutput.Style logStyle,
    int tenantsMax,
    Duration slowQuery) {
  public TelemetrySettings {
    if (serviceName.isBlank()) {
      throw new IllegalArgumentException(
          "an observed application needs a service name, got a blank one");
    }
    if (!(samplingProbability >= 0 && samplingProbability <= 1)) {
      throw new IllegalArgumentException(
          "the sampling probability must be between 0 and 1, got " + samplingProbability);
    }
    if (tenantsMax < 1) {
      throw new IllegalArgumentException(
          "at least 1 tenant must get a label value, got a limit of " + tenantsMax);
    }
    if (slowQuery.isNegative() || slowQuery.isZero()) {
      throw new IllegalArgumentException(
          "the threshold of slow queries must be positive, got " + slowQuery);
    }
    resourceAttributes = Map.copyOf(resourceAttributes);
  }

  /**
   * Good settings for a service: all traces, JSON lines, 200 tenants, slow from 200 ms, nothing
   * sent.
   */
  public static TelemetrySettings of(String serviceName) {
    return new TelemetrySettings(
        serviceName, Map.of(), null, 1, LogOutput.Style.JSON, 200, Duration.ofMillis(200));
  }

  public TelemetrySettings withResourceAttributes(Map<String, String> attributes) {
    return new TelemetrySettings(
        serviceName,
        attributes,
        otlpEndpoint,
        samplingProbability,
        logStyle,
        tenantsMax,
        slowQuery);
  }

  public TelemetrySettings withOtlpEndpoint(@Nullable URI endpoint) {
    return new TelemetrySettings(
        serviceName,
        resourceAttributes,
        endpoint,
        samplingProbability,
        logStyle,
        tenantsMax,
        slowQuery);
  }

  public TelemetrySettings withSamplingProbability(double probability) {
    return new TelemetrySettings(
        serviceName,
        resourceAttributes,
        otlpEndpoint,
        probability,
        logStyle,
        tenantsMax,
        slowQuery);
  }

  public TelemetrySettings withLogStyle(LogOutput.Style style) {
    return new TelemetrySettings(
        serviceName,
        resourceAttributes,
        otlpEndpoint,
        samplingProbability,
        style,
        tenantsMax,
        slowQuery);
  }

  public TelemetrySettings withTenantsMax(int tenants) {
    return new TelemetrySettings(
        serviceName,
        resourceAttributes,
        otlpEndpoint,
        samplingProbability,
        logStyle,
        tenants,
        slowQuery);
  }

  public TelemetrySettings withSlowQuery(Duration threshold) {
    return new TelemetrySettings(
        serviceName,
        resourceAttributes,
        otlpEndpoint,
        samplingProbability,
        logStyle,
        tenantsMax,
        threshold);
  }
}
