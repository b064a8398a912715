package io.ghostworks.collector.export;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.RequestHeadersBuilder;
import io.ghostworks.collector.config.ExporterConfig;
import io.ghostworks.collector.config.Signal;
import io.ghostworks.model.TenantId;
import io.ghostworks.wire.compress.ContentCoding;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/**
 * OTLP over gRPC: unary calls whose single message is framed by hand, as it is bytes already.
 *
 * <p>Source: gRPC over HTTP/2; OTLP specification, "Failures".
 */
public final class OtlpGrpcTransport implements Transport {
  private static final int FRAME_HEADER_BYTES = 5;
  private static final int ANSWER_BYTES_MAX = 1 << 20;
  private static final int OK = 0;

  /** CANCELLED, DEADLINE_EXCEEDED, ABORTED, OUT_OF_RANGE, UNAVAILABLE, DATA_LOSS. */
  private static final Set<Integer> RETRYABLE = Set.of(1, 4, 10, 11, 14, 15);

  private final ExporterConfig.Otlp config;
  private final WebClient client;

  /**
   * @param address host and port to connect to, hosts mapped
   */
  public OtlpGrpcTransport(ExporterConfig.Otlp config, String address) {
    this.config = config;
    Duration timeout = config.sending().timeout();
    this.client =
        WebClient.builder((config.plaintext() ? "h2c://" : "h2://") + address)
            .responseTimeout(timeout)
            .writeTimeout(timeout)
            .maxResponseLength(ANSWER_BYTES_MAX)
            .build();
  }

  @Override
  public boolean carries(Signal signal) {
    return true;
  }

  @Override
  public Delivery send(TenantId tenant, Signal signal, byte[] request) throws InterruptedException {
    boolean gzip = config.sending().compression() == ContentCoding.GZIP;
    RequestHeadersBuilder headers =
        RequestHeaders.builder(HttpMethod.POST, path(signal))
            .add("content-type", "application/grpc+proto")
            .add("te", "trailers");
    if (gzip) {
      headers.add("grpc-encoding", "gzip");
    }
    Transport.headers(config.sending().headers(), tenant)
        .forEach((name, value) -> headers.add(name.toLowerCase(Locale.ROOT), value));
    HttpRequest call = HttpRequest.of(headers.build(), HttpData.wrap(frame(request, gzip)));
    try {
      return delivery(client.execute(call).aggregate().get());
    } catch (ExecutionException e) {
      return new Delivery.Again(Duration.ZERO, String.valueOf(e.getCause()));
    }
  }

  private static String path(Signal signal) {
    return switch (signal) {
      case TRACES -> "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
      case METRICS -> "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export";
      case LOGS -> "/opentelemetry.proto.collector.logs.v1.LogsService/Export";
    };
  }

  private static byte[] frame(byte[] message, boolean gzip) {
    byte[] body = gzip ? ContentCoding.GZIP.encode(message) : message;
    return ByteBuffer.allocate(FRAME_HEADER_BYTES + body.length)
        .put((byte) (gzip ? 1 : 0))
        .putInt(body.length)
        .put(body)
        .array();
  }

  private static Delivery delivery(AggregatedHttpResponse response) {
    HttpHeaders trailers =
        response.trailers().contains("grpc-status") ? response.trailers() : response.headers();
    String text = trailers.get("grpc-status");
    if (text == null) {
      int status = response.status().code();
      String why = "HTTP status %d without a gRPC status".formatted(status);
      return status == 429 || status >= 502
          ? new Delivery.Again(Duration.ZERO, why)
          : new Delivery.Refused(why);
    }
    int status = text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : -1;
    if (status == OK) {
      byte[] frame = response.content().array();
      boolean plain = frame.length >= FRAME_HEADER_BYTES && frame[0] == 0;
      return plain
          ? PartialSuccess.of(Arrays.copyOfRange(frame, FRAME_HEADER_BYTES, frame.length))
          : new Delivery.Taken(0, "");
    }
    String why = "gRPC status %d: %s".formatted(status, trailers.get("grpc-message", ""));
    boolean again =
        RETRYABLE.contains(status) || (status == 8 && trailers.contains("grpc-status-details-bin"));
    return again ? new Delivery.Again(Duration.ZERO, why) : new Delivery.Refused(why);
  }

  @Override
  public void close() {}
}
