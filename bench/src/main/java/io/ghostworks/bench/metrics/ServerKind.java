package io.ghostworks.bench.metrics;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The servers that this knows how to start, each with every limit on ingest out of the way. */
enum ServerKind {
  GHOSTWORKS("ghostworks", 9090, ""),
  PROMETHEUS("prometheus", 9190, ""),
  VICTORIA_METRICS("victoria-metrics", 8428, "&nocache=1");

  /** Far from the ports that people use. */
  private static final int PORT_OFFSET = 22_000;

  private static final int SERIES_MAX = 20_000_000;

  private final String option;
  private final int port;
  private final String uncached;

  ServerKind(String option, int port, String uncached) {
    this.option = option;
    this.port = port + PORT_OFFSET;
    this.uncached = uncached;
  }

  static ServerKind of(String option) {
    return Arrays.stream(values())
        .filter(kind -> kind.option.equals(option))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "a server must be one of %s, got '%s'"
                    .formatted(
                        Arrays.stream(values())
                            .map(ServerKind::option)
                            .collect(Collectors.joining(", ")),
                        option)));
  }

  String option() {
    return option;
  }

  /** The parameter of a query that keeps it from a cache of results. */
  String uncached() {
    return uncached;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Where it answers 200 once it is ready. */
  URI ready() {
    return switch (this) {
      case GHOSTWORKS -> URI.create("http://127.0.0.1:%d/ready".formatted(3000 + PORT_OFFSET));
      case PROMETHEUS -> url().resolve("/-/ready");
      case VICTORIA_METRICS -> url().resolve("/health");
    };
  }

  /**
   * The whole command line.
   *
   * @param command its beginning, or nothing for the platform of the tree
   * @param folder for configuration
   * @param data its data directory
   */
  List<String> command(List<String> command, Path root, Path folder, Path data) throws IOException {
    List<String> all =
        new ArrayList<>(
            command.isEmpty() ? List.of(root.resolve("ghostworks").toString()) : command);
    switch (this) {
      case GHOSTWORKS -> {
        Path config = folder.resolve("ghostworks.yml");
        Files.writeString(config, "limits: {active_series_max: %d}\n".formatted(SERIES_MAX));
        all.addAll(
            List.of(
                "serve",
                "--config",
                config.toString(),
                "--data",
                data.toString(),
                "--port-offset",
                Integer.toString(PORT_OFFSET)));
      }
      case PROMETHEUS -> {
        Path config = folder.resolve("prometheus.yml");
        Files.writeString(config, "storage: {tsdb: {out_of_order_time_window: 10m}}\n");
        all.addAll(
            List.of(
                "--config.file=" + config,
                "--storage.tsdb.path=" + data,
                "--web.listen-address=127.0.0.1:" + port,
                "--web.enable-remote-write-receiver",
                "--web.enable-admin-api",
                "--storage.tsdb.retention.time=30d",
                "--query.max-samples=1000000000"));
      }
      case VICTORIA_METRICS ->
          all.addAll(
              List.of(
                  "-storageDataPath=" + data,
                  "-httpListenAddr=127.0.0.1:" + port,
                  "-retentionPeriod=30d",
                  "-search.latencyOffset=1s",
                  "-search.disableCache",
                  "-search.maxUniqueTimeseries=" + SERIES_MAX,
                  "-search.maxSamplesPerQuery=10000000000",
                  "-search.maxQueryDuration=10m"));
    }
    return all;
  }
}
