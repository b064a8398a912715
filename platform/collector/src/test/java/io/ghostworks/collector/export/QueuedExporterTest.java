package io.ghostworks.collector.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.Server;
import io.ghostworks.collector.config.ExporterConfig;
import io.ghostworks.collector.config.Signal;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.SimulatedTime;
import io.ghostworks.wire.compress.ContentCoding;
import io.ghostworks.wire.http.HostMap;
import io.ghostworks.wire.http.OutboundHttp;
import io.ghostworks.wire.otlp.OtlpDecoder;
import io.ghostworks.wire.otlp.OtlpEncoding;
import io.ghostworks.wire.otlp.OtlpLimits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class QueuedExporterTest {
  private static final TenantId ACME = new TenantId("acme");

  private final SimulatedTime time = new SimulatedTime(1_700_000_000_000L);
  private final PlatformMetrics metrics = new PlatformMetrics();

  private static ExporterConfig.Sending sending(int queueSize, Duration maxElapsed) {
    return new ExporterConfig.Sending(
        Map.of("X-Key", "v"),
        ContentCoding.GZIP,
        Duration.ofSeconds(5),
        true,
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        maxElapsed,
        1.5,
        0,
        queueSize,
        1);
  }

  private static SpanBatch span() {
    byte[] json =
        """
        {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"5b8efff798038103d269b633813fc60c",
        "spanId":"eee19b7ec3c1b174"}]}]}]}
        """
            .getBytes(StandardCharsets.UTF_8);
    return new OtlpDecoder(OtlpLimits.DEFAULT)
        .traces(OtlpEncoding.JSON, json, 0, json.length)
        .batch();
  }

  /** Answers what a test asked for, at once. */
  private static final class Scripted implements Transport {
    private final Deque<Delivery> answers = new ArrayDeque<>();
    private final List<TenantId> tenants = new ArrayList<>();

    @Override
    public Delivery send(TenantId tenant, Signal signal, byte[] request) {
      tenants.add(tenant);
      Delivery next = answers.poll();
      return next == null ? new Delivery.Taken(0, "") : next;
    }

    @Override
    public boolean carries(Signal signal) {
      return signal == Signal.TRACES;
    }

    @Override
    public void close() {}
  }

  /** Attempts run on the test's thread, pauses end when time is advanced. */
  private QueuedExporter exporter(Transport transport, int queueSize, Duration maxElapsed) {
    ExporterConfig.Sending sending = sending(queueSize, maxElapsed);
    RequestSender sender =
        new RequestSender(
            "otlp",
            sending,
            transport,
            new RequestSender.Around(time, time, Runnable::run, () -> 0.5, metrics));
    return new QueuedExporter(sending, OtlpEncoding.PROTOBUF, sender, metrics);
  }

  private double value(String name) {
    AtomicReference<Double> found = new AtomicReference<>(-1.0);
    metrics.read(
        new PlatformMetrics.Reader() {
          @Override
          public void family(
              String family, String help, io.ghostworks.model.metric.MetricType type) {}

          @Override
          public void sample(String sample, io.ghostworks.model.label.Labels labels, double value) {
            if (sample.equals(name)) {
              found.set(value);
            }
          }
        });
    return found.get();
  }

  @Test
  void sendsAgainAfterAPauseUntilTaken() {
    Scripted transport = new Scripted();
    transport.answers.add(new Delivery.Again(Duration.ZERO, "busy"));
    transport.answers.add(new Delivery.Again(Duration.ofSeconds(60), "busy for a minute"));
    try (QueuedExporter exporter = exporter(transport, 10, Duration.ofMinutes(5))) {
      exporter.start();
      exporter.traces(TenantId.DEFAULT, span());
      assertThat(transport.tenants).hasSize(1);
      time.advance(Duration.ofSeconds(5));
      assertThat(transport.tenants).hasSize(2);
      time.advance(Duration.ofSeconds(59));
      assertThat(value("otelcol_exporter_queue_size")).isEqualTo(1);
      time.advance(Duration.ofSeconds(1));
      assertThat(value("otelcol_exporter_sent_spans")).isEqualTo(1);
      assertThat(value("otelcol_exporter_queue_size")).isZero();
    }
  }

  @Test
  void dropsAndCountsWhatIsRefused() {
    Scripted transport = new Scripted();
    transport.answers.add(new Delivery.Refused("no"));
    try (QueuedExporter exporter = exporter(transport, 10, Duration.ofMinutes(5))) {
      exporter.start();
      exporter.traces(TenantId.DEFAULT, span());
      assertThat(value("otelcol_exporter_send_failed_spans")).isEqualTo(1);
    }
  }

  @Test
  void countsWhatAPartialSuccessRejects() {
    Scripted transport = new Scripted();
    transport.answers.add(new Delivery.Taken(1, "too old"));
    try (QueuedExporter exporter = exporter(transport, 10, Duration.ofMinutes(5))) {
      exporter.start();
      exporter.traces(TenantId.DEFAULT, span());
      assertThat(value("otelcol_exporter_send_failed_spans")).isEqualTo(1);
      assertThat(value("otelcol_exporter_sent_spans")).isZero();
    }
  }

  @Test
  void dropsWhatFindsTheQueueFull() {
    try (QueuedExporter exporter = exporter(new Scripted(), 2, Duration.ofMinutes(5))) {
      for (int i = 0; i < 5; i++) {
        exporter.traces(TenantId.DEFAULT, span());
      }
      assertThat(value("otelcol_exporter_enqueue_failed_spans")).isEqualTo(3);
      assertThat(value("otelcol_exporter_queue_size")).isEqualTo(2);
    }
    assertThat(value("otelcol_exporter_enqueue_failed_spans")).isEqualTo(5);
  }

  @Test
  void sendsTheBatchesOfEachTenantApart() {
    Scripted transport = new Scripted();
    try (QueuedExporter exporter = exporter(transport, 10, Duration.ofMinutes(5))) {
      exporter.traces(ACME, span());
      exporter.traces(TenantId.DEFAULT, span());
      exporter.start();
      assertThat(transport.tenants).containsExactly(ACME, TenantId.DEFAULT);
    }
  }

  @Test
  void namesTheTenantUnlessItIsTheDefaultOrTheFileDoes() {
    assertThat(Transport.headers(Map.of("a", "b"), ACME))
        .isEqualTo(Map.of("a", "b", "X-Scope-OrgID", "acme"));
    assertThat(Transport.headers(Map.of("a", "b"), TenantId.DEFAULT)).isEqualTo(Map.of("a", "b"));
    assertThat(Transport.headers(Map.of("x-scope-orgid", "one"), ACME))
        .isEqualTo(Map.of("x-scope-orgid", "one"));
  }

  @Test
  void namesTheTenantOverHttp() throws Exception {
    BlockingQueue<String> tenants = new LinkedBlockingQueue<>();
    Server server =
        Server.builder()
            .http(0)
            .service(
                "/v1/traces",
                (context, request) -> {
                  tenants.add(request.headers().get("X-Scope-OrgID", "none"));
                  return HttpResponse.of(HttpStatus.OK);
                })
            .build();
    server.start().join();
    try (OutboundHttp http = new OutboundHttp(HostMap.NONE, Duration.ofSeconds(5), null)) {
      ExporterConfig.OtlpHttp config =
          new ExporterConfig.OtlpHttp(
              Map.of(Signal.TRACES, "http://127.0.0.1:" + server.activeLocalPort() + "/v1/traces"),
              OtlpEncoding.PROTOBUF,
              sending(1, Duration.ZERO));
      OtlpHttpTransport transport = new OtlpHttpTransport(config, http);
      transport.send(ACME, Signal.TRACES, new byte[] {1});
      transport.send(TenantId.DEFAULT, Signal.TRACES, new byte[] {1});
      assertThat(tenants).containsExactly("acme", "none");
    } finally {
      server.stop().join();
    }
  }

  @Test
  void speaksGrpc() throws Exception {
    BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
    Server server =
        Server.builder()
            .http(0)
            .service(
                "/opentelemetry.proto.collector.trace.v1.TraceService/Export",
                (context, request) ->
                    HttpResponse.of(
                        request
                            .aggregate()
                            .thenApply(whole -> {
                              assertThat(whole.headers().get("x-key")).isEqualTo("v");
                              assertThat(whole.headers().getAll("x-scope-orgid"))
                                  .containsExactly("acme");
                              received.add(whole.content().array());
                              return HttpResponse.of(
                                  ResponseHeaders.of(
                                      HttpStatus.OK,
                                      HttpHeaderNames.CONTENT_TYPE,
                                      "application/grpc"),
                                  HttpData.wrap(new byte[5]),
                                  HttpHeaders.of("grpc-status", "0"));
                            })))
            .build();
    server.start().join();
    try {
      ExporterConfig.Otlp config = new ExporterConfig.Otlp("x:1", true, sending(1, Duration.ZERO));
      OtlpGrpcTransport transport =
          new OtlpGrpcTransport(config, "127.0.0.1:" + server.activeLocalPort());
      byte[] message = "hello".getBytes(StandardCharsets.UTF_8);
      assertThat(transport.send(ACME, Signal.TRACES, message)).isEqualTo(new Delivery.Taken(0, ""));
      byte[] frame = received.take();
      assertThat(frame[0]).isEqualTo((byte) 1);
      assertThat(ContentCoding.GZIP.decode(frame, 5, frame.length - 5, 100)).isEqualTo(message);
      assertThat(transport.send(ACME, Signal.LOGS, message)).isInstanceOf(Delivery.Refused.class);
    } finally {
      server.stop().join();
    }
  }
}
