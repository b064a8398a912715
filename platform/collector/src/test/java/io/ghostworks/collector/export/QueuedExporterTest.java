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
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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

  /** Answers what a test asked for, and tells it of each attempt after it was handled. */
  private static final class Scripted implements Transport {
    private final Deque<Delivery> answers = new ArrayDeque<>();
    private final BlockingQueue<Integer> attempts = new LinkedBlockingQueue<>();
    private final BlockingQueue<TenantId> tenants = new LinkedBlockingQueue<>();

    @Override
    public Delivery send(TenantId tenant, Signal signal, byte[] request) {
      tenants.add(tenant);
      attempts.add(request.length);
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

  private QueuedExporter exporter(Transport transport, int queueSize, Duration maxElapsed) {
    return new QueuedExporter(
        "otlp",
        sending(queueSize, maxElapsed),
        OtlpEncoding.PROTOBUF,
        transport,
        time,
        time,
        () -> 0.5,
        metrics);
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

  private void await(String name, double expected) {
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (value(name) != expected && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(value(name)).isEqualTo(expected);
  }

  @Test
  void sendsAgainAfterAPauseUntilTaken() throws Exception {
    Scripted transport = new Scripted();
    transport.answers.add(new Delivery.Again(Duration.ZERO, "busy"));
    try (QueuedExporter exporter = exporter(transport, 10, Duration.ofMinutes(5))) {
      exporter.start();
      exporter.traces(TenantId.DEFAULT, span());
      assertThat(transport.attempts.poll(10, TimeUnit.SECONDS)).isNotNull();
      long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
      while (transport.attempts.isEmpty() && System.nanoTime() < deadline) {
        time.advance(Duration.ofSeconds(5)); // The pause begins when the answer is handled.
        Thread.onSpinWait();
      }
      await("ghostworks_collector_exporter_sent_items_total", 1);
    }
  }

  @Test
  void dropsAndCountsWhatIsRefused() {
    Scripted transport = new Scripted();
    transport.answers.add(new Delivery.Refused("no"));
    try (QueuedExporter exporter = exporter(transport, 10, Duration.ofMinutes(5))) {
      exporter.start();
      exporter.traces(TenantId.DEFAULT, span());
      await("ghostworks_collector_exporter_dropped_items_total", 1);
    }
  }

  @Test
  void dropsWhatFindsTheQueueFull() {
    try (QueuedExporter exporter = exporter(new Scripted(), 2, Duration.ofMinutes(5))) {
      for (int i = 0; i < 5; i++) {
        exporter.traces(TenantId.DEFAULT, span());
      }
      await("ghostworks_collector_exporter_dropped_items_total", 3);
      await("ghostworks_collector_exporter_queue_requests", 2);
    }
    await("ghostworks_collector_exporter_dropped_items_total", 5);
  }

  @Test
  void sendsTheBatchesOfEachTenantApart() throws Exception {
    Scripted transport = new Scripted();
    try (QueuedExporter exporter = exporter(transport, 10, Duration.ofMinutes(5))) {
      exporter.traces(ACME, span());
      exporter.traces(TenantId.DEFAULT, span());
      exporter.start();
      assertThat(transport.tenants.poll(10, TimeUnit.SECONDS)).isEqualTo(ACME);
      assertThat(transport.tenants.poll(10, TimeUnit.SECONDS)).isEqualTo(TenantId.DEFAULT);
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
