package io.ghostworks.collector.export;

import io.ghostworks.collector.config.ExporterConfig.Verbosity;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.MetricBatch;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.wire.otlp.OtlpEncoder;
import io.ghostworks.wire.otlp.OtlpEncoding;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs how many items passed; with more than basic verbosity also the items, as OTLP's JSON. */
public final class DebugExporter implements Exporter {
  private static final Logger log = LoggerFactory.getLogger(DebugExporter.class);

  private final String id;
  private final Verbosity verbosity;

  public DebugExporter(String id, Verbosity verbosity) {
    this.id = id;
    this.verbosity = verbosity;
  }

  @Override
  public void traces(TenantId tenant, SpanBatch batch) {
    log.info("{}: traces, resource spans {}, spans {}", id, batch.resources().size(), batch.rows());
    items(() -> OtlpEncoder.traces(OtlpEncoding.JSON, batch));
  }

  @Override
  public void logs(TenantId tenant, LogBatch batch) {
    log.info(
        "{}: logs, resource logs {}, log records {}", id, batch.resources().size(), batch.rows());
    items(() -> OtlpEncoder.logs(OtlpEncoding.JSON, batch));
  }

  @Override
  public void metrics(TenantId tenant, MetricBatch batch) {
    log.info(
        "{}: metrics, resource metrics {}, metrics {}, data points {}",
        id,
        batch.resources().size(),
        batch.metrics().size(),
        batch.points());
    items(() -> OtlpEncoder.metrics(OtlpEncoding.JSON, batch));
  }

  private void items(Supplier<byte[]> json) {
    if (verbosity != Verbosity.BASIC) {
      log.info("{}: {}", id, new String(json.get(), StandardCharsets.UTF_8));
    }
  }
}
