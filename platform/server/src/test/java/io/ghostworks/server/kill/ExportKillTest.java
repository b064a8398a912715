package io.ghostworks.server.kill;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.Server;
import io.ghostworks.server.testing.Telemetry;
import io.ghostworks.wire.compress.ContentCoding;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the platform while another system to which it exports comes and goes, and looks whether
 * everything that was acknowledged reaches that system in the end: acknowledged ⊆ taken. The seed
 * is the system property {@code ghostworks.seed}.
 */
@Tag("long")
class ExportKillTest {
  private static final int CYCLES = 6;
  private static final int SPANS_MAX = 60;
  private static final long POLL_MS = 50;

  private final long seed = Long.getLong("ghostworks.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Set<String> acknowledged = new TreeSet<>();
  private final Set<String> taken = new ConcurrentSkipListSet<>();
  private volatile boolean away;

  @TempDir private Path folder;

  @Test
  void whatWasAcknowledgedReachesTheOtherSystemAfterKillsAndOutages()
      throws IOException, InterruptedException {
    Server remote = remote();
    remote.start().join();
    try {
      Files.writeString(
          folder.resolve("otelcol.yml"),
          """
          receivers:
            otlp: {protocols: {http: {}, grpc: {}}}
          exporters:
            otlphttp:
              endpoint: http://127.0.0.1:%d
              retry_on_failure: {initial_interval: 20ms, max_interval: 100ms, max_elapsed_time: 0s}
          service:
            pipelines:
              traces: {receivers: [otlp], exporters: [otlphttp]}
          """
              .formatted(remote.activeLocalPort()));
      for (int cycle = 0; cycle < CYCLES; cycle++) {
        try (ChildPlatform platform = start().awaitReady()) {
          sendSome(platform, cycle);
          platform.kill();
        }
      }
      away = false;
      try (ChildPlatform platform = start().awaitReady()) {
        for (int polls = 0; polls < 400 && !taken.containsAll(acknowledged); polls++) {
          platform.run(POLL_MS);
        }
      }
      assertThat(taken).as("seed %d", seed).containsAll(acknowledged);
    } finally {
      remote.stop().join();
    }
  }

  private ChildPlatform start() throws IOException {
    return ChildPlatform.start(folder, client, "files: {collector: otelcol.yml}\n");
  }

  private void sendSome(ChildPlatform platform, int cycle)
      throws IOException, InterruptedException {
    int count = 1 + random.nextInt(SPANS_MAX);
    for (int i = 0; i < count; i++) {
      if (random.nextInt(10) == 0) {
        away = !away;
      }
      String marker = "c%d-%d".formatted(cycle, i);
      byte[] body = new Telemetry(marker, System.currentTimeMillis()).traces();
      int status =
          platform
              .post("otlp_http", "/v1/traces", body, "Content-Type", "application/json")
              .statusCode();
      assertThat(status).as("seed %d, %s", seed, marker).isEqualTo(200);
      acknowledged.add(marker + "-span");
    }
  }

  private Server remote() {
    return Server.builder()
        .http(0)
        .service(
            "/v1/traces",
            (context, request) ->
                HttpResponse.of(
                    request
                        .aggregate()
                        .thenApply(whole -> {
                          if (away) {
                            return HttpResponse.of(HttpStatus.SERVICE_UNAVAILABLE);
                          }
                          take(whole.content().array());
                          return HttpResponse.of(HttpStatus.OK);
                        })))
        .build();
  }

  private void take(byte[] body) {
    try {
      ExportTraceServiceRequest.parseFrom(ContentCoding.GZIP.decode(body, 0, body.length, 1 << 20))
          .getResourceSpansList()
          .forEach(resource ->
              resource
                  .getScopeSpansList()
                  .forEach(
                      scope -> scope.getSpansList().forEach(span -> taken.add(span.getName()))));
    } catch (IOException e) {
      throw new AssertionError("not an export request", e);
    }
  }
}
