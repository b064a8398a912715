package io.ghostworks.bench.system;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What the load is sent by, and by what it is asked. */
enum Protocol {
  /** OTLP/HTTP in protobuf. */
  OTLP_TRACES("otlp-traces", "spans"),
  OTLP_LOGS("otlp-logs", "log records"),
  OTLP_METRICS("otlp-metrics", "points"),
  /** Loki's push API in protobuf. */
  LOKI_PUSH("loki-push", "pushed log lines"),
  /** Prometheus remote write 1.0. */
  REMOTE_WRITE("remote-write", "remote write samples"),
  /** Prometheus's query API: the address up to, and without, {@code /api/v1}. */
  PROMETHEUS_QUERY("prometheus-query", "PromQL queries");

  private final String option;
  private final String rows;

  Protocol(String option, String rows) {
    this.option = option;
    this.rows = rows;
  }

  /** Its name on the command line. */
  String option() {
    return option;
  }

  /** What is counted. */
  String rows() {
    return rows;
  }

  /**
   * @throws IllegalArgumentException if there is none of that name
   */
  static Protocol of(String option) {
    return Arrays.stream(values())
        .filter(each -> each.option.equals(option))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "a target must begin with one of %s, got '%s'"
                    .formatted(
                        Arrays.stream(values())
                            .map(Protocol::option)
                            .collect(Collectors.joining(", ")),
                        option)));
  }

  /** A request with a body of this protocol. */
  HttpRequest request(URI uri, byte[] body) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(uri)
            .header("content-type", "application/x-protobuf")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    return switch (this) {
      case OTLP_TRACES, OTLP_LOGS, OTLP_METRICS, PROMETHEUS_QUERY -> builder.build();
      case LOKI_PUSH -> builder.build(); // snappy is the protocol's own, without a header
      case REMOTE_WRITE ->
          builder
              .header("content-encoding", "snappy")
              .header("x-prometheus-remote-write-version", "0.1.0")
              .build();
    };
  }
}
