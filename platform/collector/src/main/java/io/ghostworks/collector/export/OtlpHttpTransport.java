package io.ghostworks.collector.export;

import io.ghostworks.collector.config.ExporterConfig;
import io.ghostworks.collector.config.Signal;
import io.ghostworks.model.TenantId;
import io.ghostworks.wire.WireFormatException;
import io.ghostworks.wire.compress.BodyTooLargeException;
import io.ghostworks.wire.compress.ContentCoding;
import io.ghostworks.wire.http.HttpAnswer;
import io.ghostworks.wire.http.HttpCall;
import io.ghostworks.wire.http.OutboundHttp;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** OTLP over HTTP. Source: OTLP specification, "OTLP/HTTP Response" and "All Other Responses". */
public final class OtlpHttpTransport implements Transport {
  private static final Set<Integer> RETRYABLE = Set.of(429, 502, 503, 504);
  private static final int ANSWER_BYTES_MAX = 1 << 20;
  private static final int MESSAGE_MAX = 200;

  private final ExporterConfig.OtlpHttp config;
  private final OutboundHttp http;

  /** The client stays its owner's to close. */
  public OtlpHttpTransport(ExporterConfig.OtlpHttp config, OutboundHttp http) {
    this.config = config;
    this.http = http;
  }

  @Override
  public boolean carries(Signal signal) {
    return config.urls().containsKey(signal);
  }

  @Override
  public Delivery send(TenantId tenant, Signal signal, byte[] request) throws InterruptedException {
    ContentCoding coding = config.sending().compression();
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    headers.add(Map.entry("Content-Type", config.encoding().contentType()));
    if (coding != ContentCoding.IDENTITY) {
      headers.add(Map.entry("Content-Encoding", coding.token()));
    }
    Transport.headers(config.sending().headers(), tenant)
        .forEach((name, value) -> headers.add(Map.entry(name, value)));
    String url = config.urls().getOrDefault(signal, "");
    Duration timeout = config.sending().timeout();
    try {
      HttpAnswer answer =
          http.send(
              HttpCall.post(
                  URI.create(url),
                  headers,
                  coding.encode(request),
                  timeout.isZero() ? Duration.ofDays(1) : timeout,
                  ANSWER_BYTES_MAX));
      return delivery(answer);
    } catch (BodyTooLargeException | WireFormatException e) {
      return new Delivery.Refused(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return new Delivery.Again(Duration.ZERO, String.valueOf(e.getMessage()));
    }
  }

  private Delivery delivery(HttpAnswer answer) {
    if (answer.isSuccess()) {
      return config.encoding() == io.ghostworks.wire.otlp.OtlpEncoding.PROTOBUF
          ? PartialSuccess.of(answer.body())
          : new Delivery.Taken(0, "");
    }
    String text = new String(answer.body(), StandardCharsets.UTF_8);
    String why =
        "HTTP status %d: %s"
            .formatted(answer.status(), text.substring(0, Math.min(MESSAGE_MAX, text.length())));
    return RETRYABLE.contains(answer.status())
        ? new Delivery.Again(retryAfter(answer), why)
        : new Delivery.Refused(why);
  }

  private static Duration retryAfter(HttpAnswer answer) {
    try {
      long seconds = Long.parseLong(answer.header("retry-after").orElse("0").strip());
      return Duration.ofSeconds(Math.clamp(seconds, 0, 3600));
    } catch (NumberFormatException e) {
      return Duration.ZERO; // A date is not worth its parser here: the pause grows anyway.
    }
  }

  @Override
  public void close() {}
}
