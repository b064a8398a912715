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

  /** All words, in the order of the listeners. */
  public static List<String> words() {
    return Arrays.stream(values()).map(ListenerName::word).toList();
  }
}
