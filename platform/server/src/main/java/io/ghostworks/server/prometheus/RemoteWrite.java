package io.ghostworks.server.prometheus;

import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.Rejection;
import io.ghostworks.model.TelemetrySink;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelSetNumbers;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Bodies;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.self.RejectedRows;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.wire.Decoded;
import io.ghostworks.wire.compress.ContentCoding;
import io.ghostworks.wire.otlp.OtlpResponses;
import io.ghostworks.wire.remotewrite.RemoteWrite2Decoder;
import io.ghostworks.wire.remotewrite.RemoteWriteDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Receives remote write 1.0 and 2.0: 204 when all samples are stored; 400 when some are refused for
 * good, the others being stored; 5xx when the sender should try again. Answers to version 2.0 say
 * how much was written.
 */
public final class RemoteWrite {

  private static final int ROWS_MAX = 2_000_000;
  private static final int LABEL_BYTES_MAX = 64 << 20;
  private static final String WRITTEN = "x-prometheus-remote-write-%s-written";
  private static final String SENDER = "remote-write";

  private final TelemetrySink<SeriesBatch> series;
  private final Bodies bodies;
  private final RejectedRows rejected;
  private final RemoteWriteDecoder version1;
  private final RemoteWrite2Decoder version2;

  /**
   * @param numbers of the label sets that the store of the samples knows
   * @param typeAndUnitLabels whether series of version 2.0 get their type and unit as labels
   */
  public RemoteWrite(
      TelemetrySink<SeriesBatch> series,
      LabelSetNumbers numbers,
      Bodies bodies,
      boolean typeAndUnitLabels,
      PlatformMetrics metrics) {
    this.version1 = new RemoteWriteDecoder(ROWS_MAX, numbers);
    this.version2 = new RemoteWrite2Decoder(ROWS_MAX, LABEL_BYTES_MAX, typeAndUnitLabels);
    this.series = series;
    this.bodies = bodies;
    this.rejected = new RejectedRows(metrics, "metrics");
  }

  public void addTo(Routes routes) {
    routes
        .api(ListenerName.PROMETHEUS, "/prometheus", GoPages.ERRORS)
        .post("/api/v1/write", Permission.INGEST, Route.Work.INGEST, this::write);
  }

  private CompletionStage<Answer> write(Exchange exchange) {
    String coding = exchange.header("content-encoding").orElse("");
    if (!coding.isEmpty() && !coding.equals("snappy")) {
      throw new RequestException(
          415,
          "%s encoding (compression) is not accepted by this server; only snappy is acceptable"
              .formatted(coding));
    }
    RemoteWriteMessage message = RemoteWriteMessage.of(exchange.header("content-type").orElse(""));
    byte[] body = bodies.decoded(exchange, ContentCoding.SNAPPY);
    return switch (message) {
      case VERSION_1 -> {
        Decoded<SeriesBatch> decoded =
            version1.decode(exchange.tenant(), SENDER, body, 0, body.length);
        yield series
            .offer(exchange.tenant(), decoded.batch())
            .thenApply(acknowledged -> answer(exchange.tenant(), decoded, acknowledged));
      }
      case VERSION_2 -> {
        Decoded<SeriesBatch> decoded =
            version2.decode(SENDER, body, 0, body.length, exchange.memory()::reserve);
        yield counted(exchange, decoded);
      }
    };
  }

  private CompletionStage<Answer> counted(Exchange exchange, Decoded<SeriesBatch> decoded) {
    SeriesBatch batch = decoded.batch();
    int rows = batch.rows();
    int exemplars = batch.exemplars();
    int histograms = 0;
    for (int row = 0; row < rows; row++) {
      histograms += batch.isHistogram(row) ? 1 : 0;
    }
    int histogramsSent = histograms;
    return series
        .offer(exchange.tenant(), batch)
        .thenApply(acknowledged -> {
          int histogramsWritten = histogramsSent - acknowledged.rejectedHistograms();
          int written = rows - acknowledged.rejectedRows() - histogramsWritten;
          return answer(exchange.tenant(), decoded, acknowledged)
              .withHeader(WRITTEN.formatted("samples"), Integer.toString(written))
              .withHeader(WRITTEN.formatted("histograms"), Integer.toString(histogramsWritten))
              .withHeader(
                  WRITTEN.formatted("exemplars"),
                  Integer.toString(exemplars - acknowledged.rejectedExemplars()));
        });
  }

  private Answer answer(
      TenantId tenant, Decoded<SeriesBatch> decoded, Acknowledgement acknowledged) {
    rejected.count(tenant, decoded.rejections());
    List<Rejection> all = new ArrayList<>(decoded.rejections());
    all.addAll(acknowledged.rejections());
    return all.isEmpty() ? Answer.empty(204) : Answer.text(400, OtlpResponses.message(all) + "\n");
  }
}
