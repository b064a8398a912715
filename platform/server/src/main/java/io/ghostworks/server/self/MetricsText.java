package io.ghostworks.server.self;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.MetricType;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.wire.exposition.ExpositionFormat;
import io.ghostworks.wire.exposition.ExpositionWriter;

/** The metrics of this process in the text format, as they stand now. */
public final class MetricsText {

  private MetricsText() {}

  public static byte[] of(PlatformMetrics metrics) {
    ExpositionWriter out = new ExpositionWriter(ExpositionFormat.PROMETHEUS_TEXT);
    metrics.read(
        new PlatformMetrics.Reader() {
          @Override
          public void family(String name, String help, MetricType type) {
            out.family(name, help, type, "");
          }

          @Override
          public void sample(String name, Labels labels, double value) {
            out.sample(name, labels, value);
          }
        });
    return out.finish();
  }
}
