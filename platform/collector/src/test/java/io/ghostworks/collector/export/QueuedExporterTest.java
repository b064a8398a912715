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
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.SimulatedTime;
import io.ghostworks.wire.compress.ContentCoding;
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

    @Override
    public Delivery send(Signal signal, byte[] request) {
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
      exporter.traces(span());
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
      exporter.traces(span());
      await("ghostworks_collector_exporter_dropped_items_total", 1);
    }
  }

  @Test
  void dropsWhatFindsTheQueueFull() {
    try (QueuedExporter exporter = exporter(new Scripted(), 2, Duration.ofMinutes(5))) {
      for (int i = 0; i < 5; i++) {
        exporter.traces(span());
      }
      await("ghostworks_collector_exporter_dropped_items_total", 3);
      await("ghostworks_collector_exporter_queue_requests", 2);
    }
    await("ghostworks_collector_exporter_dropped_items_total", 5);
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
      assertThat(transport.send(Signal.TRACES, message)).isEqualTo(new Delivery.Taken(0, ""));
      byte[] frame = received.take();
      assertThat(frame[0]).isEqualTo((byte) 1);
      assertThat(ContentCoding.GZIP.decode(frame, 5, frame.length - 5, 100)).isEqualTo(message);
      assertThat(transport.send(Signal.LOGS, message)).isInstanceOf(Delivery.Refused.class);
    } finally {
      server.stop().join();
    }
  }
}
