package io.ghostworks.server.prometheus;

import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.Rejection;
import io.ghostworks.model.TelemetrySink;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Bodies;
import io.ghostworks.server.http.ErrorForm;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.wire.Decoded;
import io.ghostworks.wire.compress.ContentCoding;
import io.ghostworks.wire.otlp.OtlpResponses;
import io.ghostworks.wire.remotewrite.RemoteWriteDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Receives remote write 1.0: 204 when all samples are stored; 400 when some are refused for good,
 * the others being stored; 5xx when the sender should try again.
 */
public final class RemoteWrite {

  private static final int ROWS_MAX = 2_000_000;

  private final TelemetrySink<SeriesBatch> series;
  private final Bodies bodies;
  private final RemoteWriteDecoder decoder = new RemoteWriteDecoder(ROWS_MAX);

  public RemoteWrite(TelemetrySink<SeriesBatch> series, Bodies bodies) {
    this.series = series;
    this.bodies = bodies;
  }

  public void addTo(Routes routes) {
    routes
        .api(ListenerName.PROMETHEUS, "/prometheus", ErrorForm.TEXT)
        .post("/api/v1/write", Permission.INGEST, Route.Work.INGEST, this::write);
  }

  private CompletionStage<Answer> write(Exchange exchange) {
    String contentType = exchange.header("content-type").orElse("application/x-protobuf");
    if (!contentType.startsWith("application/x-protobuf")) {
      throw new RequestException(
          415, "the content type must be application/x-protobuf, got '%s'".formatted(contentType));
    }
    if (contentType.contains("io.prometheus.write.v2")) {
      throw new RequestException(
          415,
          "this version receives remote write 1.0 (prometheus.WriteRequest), got '%s'"
              .formatted(contentType));
    }
    String coding = exchange.header("content-encoding").orElse("snappy");
    if (!coding.equals("snappy")) {
      throw new RequestException(
          415, "the content encoding must be snappy, got '%s'".formatted(coding));
    }
    byte[] body = bodies.decoded(exchange, ContentCoding.SNAPPY);
    Decoded<SeriesBatch> decoded = decoder.decode("remote-write", body, 0, body.length);
    return series
        .offer(exchange.tenant(), decoded.batch())
        .thenApply(acknowledged -> answer(decoded.rejections(), acknowledged));
  }

  private static Answer answer(List<Rejection> malformed, Acknowledgement acknowledged) {
    List<Rejection> all = new ArrayList<>(malformed);
    all.addAll(acknowledged.rejections());
    return all.isEmpty() ? Answer.empty(204) : Answer.text(400, OtlpResponses.message(all) + "\n");
  }
}
