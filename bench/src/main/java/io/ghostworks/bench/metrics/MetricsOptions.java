package io.ghostworks.bench.metrics;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param loads to run, in their order
 * @param servers to measure, in the order in which they are named
 * @param scale of the numbers of series and rounds
 * @param seed of everything that is made up
 * @param runs of each query that count
 * @param minutes of steady ingest in the memory load
 * @param json gets the figures, too
 */
record MetricsOptions(
    Set<Load> loads,
    List<ServerSpec> servers,
    double scale,
    long seed,
    int runs,
    int minutes,
    @Nullable Path json) {

  static final String USAGE =
      """
      usage: ./ghostworks bench metrics [LOAD ...] [--server KIND[=COMMAND] ...] [--target NAME=URL,PID ...]
                 [--scale N] [--seed N] [--runs N] [--minutes N] [--json FILE]
      loads: ingest, memory, disk, queries, restart; all of them unless told
      --server: ghostworks, prometheus, victoria-metrics; each is started anew for each load, on loopback, with a fresh
                data directory. COMMAND is its binary, with leading arguments if need be; ghostworks needs none.
                Without any --server or --target: ghostworks
      --target: a server that runs: the URL before /api/v1/write and /api/v1/query_range, and its process. Loads that
                need to restart it or to see its files (disk, restart) leave it out
      --scale:  1 is the documented run; 0.02 takes a minute or two
      --seed:   of the series and values, 1 unless told; --runs: of each query, 10 unless told
      --minutes: of the memory load, 10 unless told
      --json:   a file for all figures
      """;

  /** What is measured. */
  enum Load {
    INGEST,
    MEMORY,
    DISK,
    QUERIES,
    RESTART;

    static Load of(String name) {
      for (Load load : values()) {
        if (load.option().equals(name)) {
          return load;
        }
      }
      throw new IllegalArgumentException(
          "a load must be ingest, memory, disk, queries or restart, got '%s'".formatted(name));
    }

    String option() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A server to measure: how to start it, or where it runs. */
  sealed interface ServerSpec {
    String name();

    /**
     * @param command begins its command line; empty for the platform of this tree
     */
    record Started(ServerKind kind, List<String> command) implements ServerSpec {
      @Override
      public String name() {
        return kind.option();
      }
    }

    record Running(String name, URI url, long pid) implements ServerSpec {}
  }

  /**
   * @throws IllegalArgumentException with what is wrong
   */
  static MetricsOptions parse(String[] arguments) {
    Set<Load> loads = EnumSet.noneOf(Load.class);
    List<ServerSpec> servers = new ArrayList<>();
    double scale = 1;
    long seed = 1;
    int runs = 10;
    int minutes = 10;
    Path json = null;
    List<String> rest = new ArrayList<>(List.of(arguments));
    while (!rest.isEmpty()) {
      String option = rest.removeFirst();
      if (!option.startsWith("--")) {
        loads.add(Load.of(option));
        continue;
      }
      if (rest.isEmpty()) {
        throw new IllegalArgumentException("%s needs a value".formatted(option));
      }
      String value = rest.removeFirst();
      switch (option) {
        case "--server" -> servers.add(started(value));
        case "--target" -> servers.add(running(value));
        case "--scale" -> scale = Double.parseDouble(value);
        case "--seed" -> seed = Long.parseLong(value);
        case "--runs" -> runs = Integer.parseInt(value);
        case "--minutes" -> minutes = Integer.parseInt(value);
        case "--json" -> json = Path.of(value);
        default -> throw new IllegalArgumentException("unknown option '%s'".formatted(option));
      }
    }
    if (!(scale > 0 && scale <= 10) || runs < 1 || minutes < 1) {
      throw new IllegalArgumentException(
          "--scale must be above 0 and at most 10, --runs and --minutes at least 1, got %s, %d and %d"
              .formatted(scale, runs, minutes));
    }
    return new MetricsOptions(
        loads.isEmpty() ? EnumSet.allOf(Load.class) : loads,
        servers.isEmpty()
            ? List.of(new ServerSpec.Started(ServerKind.GHOSTWORKS, List.of()))
            : List.copyOf(servers),
        scale,
        seed,
        runs,
        minutes,
        json);
  }

  /** A number at this scale, at least {@code least}. */
  int scaled(int number, int least) {
    return (int) Math.max(least, Math.round(number * scale));
  }

  private static ServerSpec started(String value) {
    String[] parts = value.split("=", 2);
    ServerKind kind = ServerKind.of(parts[0]);
    if (parts.length == 1 && kind != ServerKind.GHOSTWORKS) {
      throw new IllegalArgumentException(
          "--server %s needs the path of its binary: --server %s=BINARY".formatted(value, value));
    }
    return new ServerSpec.Started(
        kind, parts.length == 1 ? List.of() : List.of(parts[1].trim().split(" +")));
  }

  private static ServerSpec running(String value) {
    int name = value.indexOf('=');
    int pid = value.lastIndexOf(',');
    if (name < 1 || pid < name) {
      throw new IllegalArgumentException(
          "--target must be NAME=URL,PID, got '%s'".formatted(value));
    }
    return new ServerSpec.Running(
        value.substring(0, name),
        URI.create(value.substring(name + 1, pid)),
        Long.parseLong(value.substring(pid + 1)));
  }
}
