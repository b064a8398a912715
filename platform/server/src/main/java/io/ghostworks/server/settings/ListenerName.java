package io.ghostworks.server.settings;

import java.util.Arrays;
import java.util.List;

/** The listeners, with their words in {@code listen.ports} and their default ports. */
public enum ListenerName {
  WEB("web", 3000, true),
  OTLP_GRPC("otlp_grpc", 4317, true),
  OTLP_HTTP("otlp_http", 4318, true),
  PROMETHEUS("prometheus", 9090, false),
  LOKI("loki", 3100, false),
  TEMPO("tempo", 3200, false),
  JAEGER("jaeger", 16_686, false),
  ZIPKIN("zipkin", 9411, false),
  JAEGER_GRPC("jaeger_grpc", 14250, false),
  JAEGER_THRIFT_HTTP("jaeger_thrift_http", 14268, false),
  JAEGER_THRIFT_COMPACT("jaeger_thrift_compact", 6831, false),
  JAEGER_THRIFT_BINARY("jaeger_thrift_binary", 6832, false),
  JAEGER_SAMPLING("jaeger_sampling", 5778, false),
  ALERTMANAGER("alertmanager", 9093, false),
  COLLECTOR_PROMETHEUS("collector_prometheus", 8889, true);

  private final String word;
  private final int port;
  private final boolean required;

  ListenerName(String word, int port, boolean required) {
    this.word = word;
    this.port = port;
    this.required = required;
  }

  public String word() {
    return word;
  }

  /** The port without {@code listen.ports} and {@code --port-offset}. */
  public int defaultPort() {
    return port;
  }

  /**
   * Whether a taken port ends the start; otherwise the listener is skipped with a line that says
   * so.
   */
  public boolean required() {
    return required;
  }

  /** Whether it takes datagrams, and no requests. */
  public boolean isDatagrams() {
    return this == JAEGER_THRIFT_COMPACT || this == JAEGER_THRIFT_BINARY;
  }

  /** Whether its requests are messages of gRPC. */
  public boolean isGrpc() {
    return this == OTLP_GRPC || this == JAEGER_GRPC;
  }

  /** All words, in the order of the listeners. */
  public static List<String> words() {
    return Arrays.stream(values()).map(ListenerName::word).toList();
  }
}
