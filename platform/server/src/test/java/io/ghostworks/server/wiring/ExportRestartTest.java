package io.ghostworks.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.Server;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.testing.Client;
import io.ghostworks.server.testing.Telemetry;
import io.ghostworks.wire.compress.ContentCoding;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged reaches another system, also over a restart while that is away. */
class ExportRestartTest {

  private static final String JSON = "application/json";

  private final BlockingQueue<String> taken = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> refused = new LinkedBlockingQueue<>();
  private volatile boolean away;
  private Server remote;

  @TempDir private Path folder;

  @BeforeEach
  void startRemote() {
    remote =
        Server.builder()
            .http(0)
            .serviceUnder(
                "/v1/",
                (context, request) ->
                    HttpResponse.of(
                        request
                            .aggregate()
                            .thenApply(whole -> {
                              (away ? refused : taken)
                                  .add(
                                      text(
                                          context.path(),
                                          whole.headers().get("x-scope-orgid", "default"),
                                          whole.content().array()));
                              return HttpResponse.of(
                                  away ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.OK);
                            })))
            .build();
    remote.start().join();
  }

  @AfterEach
  void stopRemote() {
    remote.stop().join();
  }

  private static String text(String path, String tenant, byte[] body) {
    try {
      byte[] plain = ContentCoding.GZIP.decode(body, 0, body.length, 1 << 20);
      if (path.endsWith("traces")) {
        var spans = ExportTraceServiceRequest.parseFrom(plain).getResourceSpans(0);
        return tenant
            + " "
            + spans.getScopeSpans(0).getSpans(0).getName()
            + " "
            + spans.getResource().getAttributesList().getLast().getValue().getStringValue();
      }
      var logs = ExportLogsServiceRequest.parseFrom(plain).getResourceLogs(0);
      return tenant + " " + logs.getScopeLogs(0).getLogRecords(0).getBody().getStringValue();
    } catch (IOException e) {
      throw new AssertionError("not an export request", e);
    }
  }

  private Platform start() throws IOException {
    Files.writeString(
        folder.resolve("otelcol.yml"),
        """
        receivers:
          otlp: {protocols: {http: {endpoint: 'localhost:0'}, grpc: {endpoint: 'localhost:0'}}}
        processors:
          resource: {attributes: [{key: env, value: prod, action: upsert}]}
        exporters:
          otlphttp:
            endpoint: http://127.0.0.1:%d
            retry_on_failure: {initial_interval: 50ms, max_interval: 100ms, max_elapsed_time: 0s}
        service:
          pipelines:
            traces: {receivers: [otlp], processors: [resource], exporters: [otlphttp]}
            logs: {receivers: [otlp], exporters: [otlphttp]}
        """
            .formatted(remote.activeLocalPort()));
    Path config =
        Files.writeString(
            folder.resolve("ghostworks.yml"),
            """
            files: {collector: otelcol.yml}
            listen: {ports: {web: 0, otlp_grpc: 0, otlp_http: 0, prometheus: 0, loki: 0, tempo: 0, alertmanager: 0}}
            """);
    return Platform.start(
        new ServeOptions(
            Optional.of(config),
            folder.resolve("data"),
            0,
            "127.0.0.1",
            Optional.empty(),
            Optional.empty(),
            false));
  }

  private static void send(Platform platform, String path, byte[] body, String tenant) {
    Client.Reply reply =
        new Client(platform.address(ListenerName.OTLP_HTTP))
            .post(path, JSON, body, "X-Scope-OrgID", tenant);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
  }

  private static Telemetry telemetry(String marker) {
    return new Telemetry(marker, System.currentTimeMillis());
  }

  @Test
  void sendsAfterARestartWhatTheOtherSystemDidNotTakeBefore() throws Exception {
    try (Platform platform = start()) {
      send(platform, "/v1/traces", telemetry("first").traces(), "default");
      assertThat(taken.poll(20, TimeUnit.SECONDS)).isEqualTo("default first-span prod");
      away = true;
      send(platform, "/v1/traces", telemetry("second").traces(), "acme");
      send(platform, "/v1/logs", telemetry("third").logs(), "acme");
      byte[] pushed = telemetry("pushed").lokiPush();
      assertThat(
              new Client(platform.address(ListenerName.LOKI))
                  .post("/loki/api/v1/push", JSON, pushed)
                  .status())
          .isEqualTo(204);
      assertThat(refused.poll(20, TimeUnit.SECONDS)).startsWith("acme ");
    }
    away = false;
    taken.clear();
    try (Platform platform = start()) {
      send(platform, "/v1/logs", telemetry("fourth").logs(), "default");
      Set<String> wanted =
          new HashSet<>(
              List.of("acme second-span prod", "acme a line of third", "default a line of fourth"));
      int again = 0;
      while (!wanted.isEmpty()) {
        String next = taken.poll(20, TimeUnit.SECONDS);
        assertThat(next).as("waiting for %s", wanted).isNotNull();
        assertThat(next).doesNotContain("pushed");
        // At least once: the process may have ended before it read the answer to the first one.
        again += next.contains("first") ? 1 : 0;
        assertThat(again).isLessThanOrEqualTo(1);
        wanted.remove(next);
      }
    }
  }
}
