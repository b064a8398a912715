package io.ghostworks.bench.system;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param targets where each protocol is sent; empty for a platform of the run's own
 * @param pid of a server that runs already; 0 where the run starts one
 * @param command starts the server; empty where it runs already, or is the platform
 * @param ready answers 200 when a server that was started is ready
 * @param scale of the numbers of requests
 * @param idleSeconds how long the idle server is watched
 */
record BenchOptions(
    Map<Protocol, URI> targets,
    long pid,
    List<String> command,
    @Nullable URI ready,
    double scale,
    int idleSeconds) {

  static final String USAGE =
      """
      usage: ./ghostworks bench system [--scale N] [--idle SECONDS]
                 measures a platform that it starts
             ./ghostworks bench system --target PROTOCOL=URL ... --pid PID [--scale N] [--idle SECONDS]
                 measures a server that runs
             ./ghostworks bench system --target PROTOCOL=URL ... --ready URL [--scale N] [--idle SECONDS] -- COMMAND ...
                 measures a server that it starts
      protocols: otlp-traces, otlp-logs, otlp-metrics, loki-push, remote-write (each with its whole URL),
                 prometheus-query (the URL up to /api/v1)
      --scale: the numbers of requests, 1 is the documented run; --idle: 30 unless told
      """;

  /**
   * @throws IllegalArgumentException with what is wrong
   */
  static BenchOptions parse(String[] arguments) {
    Map<Protocol, URI> targets = new EnumMap<>(Protocol.class);
    long pid = 0;
    URI ready = null;
    double scale = 1;
    int idleSeconds = 30;
    List<String> rest = new ArrayList<>(List.of(arguments));
    while (!rest.isEmpty() && !rest.getFirst().equals("--")) {
      String option = rest.removeFirst();
      if (rest.isEmpty()) {
        throw new IllegalArgumentException("%s needs a value".formatted(option));
      }
      String value = rest.removeFirst();
      switch (option) {
        case "--target" -> {
          String[] parts = value.split("=", 2);
          if (parts.length != 2) {
            throw new IllegalArgumentException(
                "--target must be PROTOCOL=URL, got '%s'".formatted(value));
          }
          targets.put(Protocol.of(parts[0]), URI.create(parts[1]));
        }
        case "--pid" -> pid = Long.parseLong(value);
        case "--ready" -> ready = URI.create(value);
        case "--scale" -> scale = Double.parseDouble(value);
        case "--idle" -> idleSeconds = Integer.parseInt(value);
        default -> throw new IllegalArgumentException("unknown option '%s'".formatted(option));
      }
    }
    List<String> command = rest.isEmpty() ? List.of() : List.copyOf(rest.subList(1, rest.size()));
    return new BenchOptions(Map.copyOf(targets), pid, command, ready, scale, idleSeconds).checked();
  }

  private BenchOptions checked() {
    boolean starts = !command.isEmpty();
    if (scale <= 0 || scale > 100 || idleSeconds < 1) {
      throw new IllegalArgumentException(
          "--scale must be above 0 and at most 100 and --idle at least 1, got %s and %d"
              .formatted(scale, idleSeconds));
    }
    if (targets.isEmpty() ? pid != 0 || starts || ready != null : (pid != 0) == starts) {
      throw new IllegalArgumentException(
          "targets need either --pid or -- COMMAND, and those need targets");
    }
    if (starts && ready == null) {
      throw new IllegalArgumentException("a command needs --ready URL");
    }
    return this;
  }

  /** A number of requests at this scale. */
  int scaled(int requests) {
    return (int) Math.max(1, Math.round(requests * scale));
  }

  /** Where the run's own platform takes what. */
  BenchOptions ofPlatform(Path root, Path data, int portOffset) {
    String host = "http://127.0.0.1:%d%s";
    return new BenchOptions(
        Map.of(
            Protocol.OTLP_TRACES, URI.create(host.formatted(4318 + portOffset, "/v1/traces")),
            Protocol.OTLP_LOGS, URI.create(host.formatted(4318 + portOffset, "/v1/logs")),
            Protocol.OTLP_METRICS, URI.create(host.formatted(4318 + portOffset, "/v1/metrics")),
            Protocol.LOKI_PUSH, URI.create(host.formatted(3100 + portOffset, "/loki/api/v1/push")),
            Protocol.REMOTE_WRITE, URI.create(host.formatted(9090 + portOffset, "/api/v1/write")),
            Protocol.PROMETHEUS_QUERY, URI.create(host.formatted(9090 + portOffset, ""))),
        0,
        List.of(
            root.resolve("ghostworks").toString(),
            "serve",
            "--data",
            data.toString(),
            "--port-offset",
            Integer.toString(portOffset)),
        URI.create(host.formatted(3000 + portOffset, "/ready")),
        scale,
        idleSeconds);
  }
}
