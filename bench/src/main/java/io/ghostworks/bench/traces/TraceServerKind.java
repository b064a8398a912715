package io.ghostworks.bench.traces;

import io.ghostworks.bench.peer.PeerKind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The servers that this knows how to start. */
enum TraceServerKind implements PeerKind {
  GHOSTWORKS("ghostworks", 4318, 3200),
  TEMPO("tempo", 4328, 3201),
  /** With Badger, the only one of its stores that is files of the process itself. */
  JAEGER("jaeger", 4338, 16686),
  VICTORIA_TRACES("victoria-traces", 10428, 10428);

  private static final int TEMPO_GRPC_PORT = 9097 + PORT_OFFSET;
  private static final int TEMPO_GOSSIP_PORT = 7946 + PORT_OFFSET;
  private static final int JAEGER_GRPC_PORT = 16685 + PORT_OFFSET;
  private static final int JAEGER_HEALTH_PORT = 13133 + PORT_OFFSET;

  private final String option;
  private final int otlpPort;
  private final int queryPort;

  TraceServerKind(String option, int otlpPort, int queryPort) {
    this.option = option;
    this.otlpPort = otlpPort + PORT_OFFSET;
    this.queryPort = queryPort + PORT_OFFSET;
  }

  @Override
  public String option() {
    return option;
  }

  @Override
  public boolean isOwn() {
    return this == GHOSTWORKS;
  }

  TraceEndpoint endpoint() {
    return switch (this) {
      case GHOSTWORKS, TEMPO ->
          new TraceEndpoint(
              local(otlpPort, "/v1/traces"), TraceEndpoint.Api.TEMPO, local(queryPort, ""));
      case JAEGER ->
          new TraceEndpoint(
              local(otlpPort, "/v1/traces"), TraceEndpoint.Api.JAEGER, local(queryPort, ""));
      case VICTORIA_TRACES ->
          new TraceEndpoint(
              local(otlpPort, "/insert/opentelemetry/v1/traces"),
              TraceEndpoint.Api.LOGSQL,
              local(queryPort, ""));
    };
  }

  private static URI local(int port, String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  @Override
  public URI ready() {
    return switch (this) {
      case GHOSTWORKS, TEMPO -> local(queryPort, "/ready");
      case JAEGER -> local(JAEGER_HEALTH_PORT, "/status");
      case VICTORIA_TRACES -> local(queryPort, "/health");
    };
  }

  @Override
  public List<HttpRequest> settle() {
    return switch (this) {
      case GHOSTWORKS, TEMPO, JAEGER -> List.of();
      case VICTORIA_TRACES ->
          List.of(
              PeerKind.get(local(queryPort, "/internal/force_flush")),
              PeerKind.get(local(queryPort, "/internal/force_merge")));
    };
  }

  @Override
  public boolean isStore(Path relative) {
    return switch (this) {
      case GHOSTWORKS -> relative.startsWith("records");
      case TEMPO -> relative.startsWith("blocks");
      case JAEGER, VICTORIA_TRACES -> true;
    };
  }

  @Override
  public int writesAfterSeconds() {
    // Tempo completes a block every 30 s, and drops the one that it has begun when it is ended.
    return this == TEMPO ? 75 : 0;
  }

  @Override
  public boolean isSizedEnded() {
    return this == JAEGER;
  }

  @Override
  public List<String> arguments(Path folder, Path data) throws IOException {
    return switch (this) {
      case GHOSTWORKS ->
          List.of(
              "serve", "--data", data.toString(), "--port-offset", Integer.toString(PORT_OFFSET));
      case TEMPO -> {
        Path config = folder.resolve("tempo.yml");
        Files.writeString(config, tempoConfig(data));
        yield List.of("-config.file=" + config);
      }
      case JAEGER -> {
        Files.createDirectories(data);
        Path config = folder.resolve("jaeger.yml");
        Files.writeString(config, jaegerConfig(data));
        yield List.of("--config", config.toString());
      }
      case VICTORIA_TRACES ->
          List.of(
              "-storageDataPath=" + data,
              "-httpListenAddr=127.0.0.1:" + queryPort,
              "-retentionPeriod=30d");
    };
  }

  /** One process on the file system; times of spans of the last two days are taken as they are. */
  private String tempoConfig(Path data) {
    return """
    server: {http_listen_address: 127.0.0.1, http_listen_port: %d, grpc_listen_address: 127.0.0.1, grpc_listen_port: %d,
             log_level: error, http_server_read_timeout: 10m, http_server_write_timeout: 10m}
    memberlist: {bind_addr: [127.0.0.1], bind_port: %d}
    distributor:
      receivers: {otlp: {protocols: {http: {endpoint: "127.0.0.1:%d"}}}}
    live_store:
      wal: {path: %s/live, ingestion_time_range_slack: 48h}
      shutdown_marker_dir: %s/marker
    storage:
      trace:
        backend: local
        blocklist_poll: 10s
        wal: {path: %s/wal, ingestion_time_range_slack: 48h}
        local: {path: %s/blocks}
    query_frontend:
      metrics: {max_duration: 48h}
    overrides:
      defaults:
        ingestion: {rate_limit_bytes: 1000000000, burst_size_bytes: 2000000000, max_traces_per_user: 0}
        global: {max_bytes_per_trace: 0}
    usage_report: {reporting_enabled: false}
    """
        .formatted(queryPort, TEMPO_GRPC_PORT, TEMPO_GOSSIP_PORT, otlpPort, data, data, data, data);
  }

  /** Its collector and its query service in one process, as its example for Badger has them. */
  private String jaegerConfig(Path data) {
    return """
    service:
      extensions: [jaeger_storage, jaeger_query, healthcheckv2]
      pipelines:
        traces: {receivers: [otlp], processors: [batch], exporters: [jaeger_storage_exporter]}
      telemetry:
        metrics: {level: none}
        logs: {level: error}
    extensions:
      healthcheckv2:
        use_v2: true
        http: {endpoint: "127.0.0.1:%d"}
      jaeger_query:
        storage: {traces: files}
        http: {endpoint: "127.0.0.1:%d"}
        grpc: {endpoint: "127.0.0.1:%d"}
      jaeger_storage:
        backends:
          files:
            badger:
              directories: {keys: %s, values: %s}
              ephemeral: false
              ttl: {spans: 720h}
    receivers:
      otlp: {protocols: {http: {endpoint: "127.0.0.1:%d"}}}
    processors: {batch: {}}
    exporters: {jaeger_storage_exporter: {trace_storage: files}}
    """
        .formatted(JAEGER_HEALTH_PORT, queryPort, JAEGER_GRPC_PORT, data, data, otlpPort);
  }
}
