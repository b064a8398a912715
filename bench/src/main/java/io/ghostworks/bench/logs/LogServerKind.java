package io.ghostworks.bench.logs;

import io.ghostworks.bench.peer.PeerKind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The servers that this knows how to start, each with every limit on ingest out of the way. */
enum LogServerKind implements PeerKind {
  GHOSTWORKS("ghostworks", 3100),
  VICTORIA_LOGS("victoria-logs", 9428),
  LOKI("loki", 3101);

  private static final int OTLP_PORT = 4318 + PORT_OFFSET;
  private static final int LOKI_GRPC_PORT = 9096 + PORT_OFFSET;

  private final String option;
  private final int port;

  LogServerKind(String option, int port) {
    this.option = option;
    this.port = port + PORT_OFFSET;
  }

  @Override
  public String option() {
    return option;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  public boolean isOwn() {
    return this == GHOSTWORKS;
  }

  @Override
  public URI ready() {
    return url().resolve(this == VICTORIA_LOGS ? "/health" : "/ready");
  }

  /** Where requests of a protocol go. */
  URI writeUri(LogRequests.Protocol protocol) {
    return switch (protocol) {
      case LOKI ->
          url().resolve(this == VICTORIA_LOGS ? "/insert/loki/api/v1/push" : "/loki/api/v1/push");
      case OTLP ->
          switch (this) {
            case GHOSTWORKS -> URI.create("http://127.0.0.1:%d/v1/logs".formatted(OTLP_PORT));
            case VICTORIA_LOGS -> url().resolve("/insert/opentelemetry/v1/logs");
            case LOKI -> url().resolve("/otlp/v1/logs");
          };
    };
  }

  @Override
  public List<HttpRequest> settle() {
    return switch (this) {
      case GHOSTWORKS -> List.of();
      case VICTORIA_LOGS ->
          List.of(
              PeerKind.get(url().resolve("/internal/force_flush")),
              PeerKind.get(url().resolve("/internal/force_merge")));
      case LOKI -> List.of(PeerKind.post(url().resolve("/flush")));
    };
  }

  @Override
  public int writesAfterSeconds() {
    return 0;
  }

  @Override
  public boolean isSizedEnded() {
    return false;
  }

  @Override
  public boolean isStore(Path relative) {
    return switch (this) {
      case GHOSTWORKS -> relative.startsWith("records");
      case VICTORIA_LOGS -> true;
      case LOKI -> relative.startsWith("chunks");
    };
  }

  @Override
  public List<String> arguments(Path folder, Path data) throws IOException {
    return switch (this) {
      case GHOSTWORKS ->
          List.of(
              "serve", "--data", data.toString(), "--port-offset", Integer.toString(PORT_OFFSET));
      case VICTORIA_LOGS ->
          List.of(
              "-storageDataPath=" + data,
              "-httpListenAddr=127.0.0.1:" + port,
              "-retentionPeriod=30d");
      case LOKI -> {
        Path config = folder.resolve("loki.yml");
        Files.writeString(config, lokiConfig(data));
        yield List.of("-config.file=" + config);
      }
    };
  }

  /** One process on the file system, chunks by zstd, its write-ahead log as it is by default. */
  private String lokiConfig(Path data) {
    return """
    auth_enabled: false
    server: {http_listen_address: 127.0.0.1, http_listen_port: %d, grpc_listen_address: 127.0.0.1, grpc_listen_port: %d,
             log_level: error, http_server_read_timeout: 10m, http_server_write_timeout: 10m,
             grpc_server_max_recv_msg_size: 104857600, grpc_server_max_send_msg_size: 104857600}
    common:
      instance_addr: 127.0.0.1
      path_prefix: %s
      storage: {filesystem: {chunks_directory: %s/chunks, rules_directory: %s/rules}}
      replication_factor: 1
      ring: {kvstore: {store: inmemory}}
    schema_config:
      configs:
        - {from: 2020-10-24, store: tsdb, object_store: filesystem, schema: v13, index: {prefix: index_, period: 24h}}
    limits_config:
      ingestion_rate_mb: 4096
      ingestion_burst_size_mb: 8192
      per_stream_rate_limit: 4096MB
      per_stream_rate_limit_burst: 8192MB
      max_global_streams_per_user: 0
      max_streams_per_user: 0
      allow_structured_metadata: true
      query_timeout: 10m
    ingester: {chunk_encoding: zstd, max_chunk_age: 4h, wal: {enabled: true, dir: %s/wal}}
    analytics: {reporting_enabled: false}
    """
        .formatted(port, LOKI_GRPC_PORT, data, data, data, data);
  }
}
