package io.ghostworks.instrumentation.metrics;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * The page that is scraped: OpenMetrics or the Prometheus text format, as the Accept header asks.
 * Thread-safe.
 */
public final class MetricsPage {
  private final PrometheusRegistry registry;
  private final ExpositionFormats formats = ExpositionFormats.init();

  public MetricsPage(PrometheusRegistry registry) {
    this.registry = registry;
  }

  /** A page in one format. */
  public record Page(String contentType, byte[] body) {}

  /** The metrics as they are now; without an Accept header in the text format. */
  public Page render(@Nullable String accept) {
    ExpositionFormatWriter writer = formats.findWriter(accept);
    ByteArrayOutputStream body = new ByteArrayOutputStream(1 << 16);
    try {
      writer.write(body, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException("writing metrics into memory failed", e);
    }
    return new Page(writer.getContentType(), body.toByteArray());
  }
}
