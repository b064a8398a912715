package io.ghostworks.server.prometheus;

import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.series.SeriesEngine;
import io.ghostworks.series.SeriesImport;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Bodies;
import io.ghostworks.server.http.ErrorForm;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.wire.exposition.ExpositionParser;
import io.ghostworks.wire.exposition.OpenMetricsParser;
import io.ghostworks.wire.exposition.PrometheusTextParser;
import io.ghostworks.wire.otlp.OtlpResponses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * {@code POST /api/v1/import/prometheus}: samples of any age as text, in the Prometheus format with
 * the additions of {@link SeriesExport}, or as OpenMetrics by the content type. 204 when all are
 * stored; 400 when some are refused, the others being stored.
 */
public final class SeriesImportApi {

  private static final int BATCH_ROWS = 50_000;

  private final SeriesEngine engine;
  private final Bodies bodies;
  private final Clock clock;

  public SeriesImportApi(SeriesEngine engine, Bodies bodies, Clock clock) {
    this.engine = engine;
    this.bodies = bodies;
    this.clock = clock;
  }

  public void addTo(Routes routes) {
    routes
        .api(ListenerName.PROMETHEUS, "/prometheus", ErrorForm.TEXT)
        .post("/api/v1/import/prometheus", Permission.INGEST, Route.Work.INGEST, this::take);
  }

  private CompletionStage<Answer> take(Exchange exchange) {
    byte[] body = bodies.decompressed(exchange);
    boolean openMetrics =
        exchange.header("content-type").orElse("").startsWith("application/openmetrics-text");
    long timestampMs = TimeParameters.timeMs(exchange, "timestamp", clock.epochMs());
    ExpositionParser parser =
        openMetrics
            ? new OpenMetricsParser(body, 0, body.length)
            : PrometheusTextParser.ofHistory(body, 0, body.length);
    try (SeriesImport into = engine.startImport(exchange.tenant())) {
      read(parser, timestampMs, into);
      return CompletableFuture.completedFuture(answer(into.finish()));
    } catch (IOException e) {
      throw new UncheckedIOException("imported samples cannot be written", e);
    }
  }

  private static Answer answer(Acknowledgement acknowledged) {
    return acknowledged.rejections().isEmpty()
        ? Answer.empty(204)
        : Answer.text(400, OtlpResponses.message(acknowledged.rejections()) + "\n");
  }

  private static void read(ExpositionParser parser, long timestampMs, SeriesImport into)
      throws IOException {
    ImportedText text = new ImportedText(parser, timestampMs);
    SeriesBatch batch = text.next(BATCH_ROWS);
    while (batch.rows() > 0 || !batch.metadata().isEmpty()) {
      into.add(batch);
      batch = text.next(BATCH_ROWS);
    }
  }
}
