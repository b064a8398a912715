package io.ghostworks.bench.logs;

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
 * @param scale of the numbers of lines and streams
 * @param seed of everything that is made up
 * @param runs of each query that count
 * @param settleSeconds to wait at least after a restart, before files are measured
 * @param json gets the figures, too
 */
record LogsOptions(
    Set<Load> loads,
    List<ServerSpec> servers,
    double scale,
    long seed,
    int runs,
    int settleSeconds,
    @Nullable Path json) {

  static final String USAGE =
      """
      usage: ./ghostworks bench logs [LOAD ...] [--server KIND[=COMMAND] ...]
                 [--scale N] [--seed N] [--runs N] [--settle SECONDS] [--json FILE]
      loads: otlp, push, streams, late, queries; all of them unless told
      --server: ghostworks, victoria-logs, loki; each is started anew for each load, on loopback, with a fresh
                data directory. COMMAND is its binary, with leading arguments if need be; ghostworks needs none.
                Without any --server: ghostworks
      --scale:  1 is the documented run; 0.02 takes a few minutes
      --seed:   of the lines, 1 unless told; --runs: of each query, 10 unless told
      --settle: seconds after a restart before files are measured, 75 unless told
      --json:   a file for all figures
      """;

  /** What is measured. */
  enum Load {
    OTLP,
    PUSH,
    STREAMS,
    LATE,
    QUERIES;

    static Load of(String name) {
      for (Load load : values()) {
        if (load.option().equals(name)) {
          return load;
        }
      }
      throw new IllegalArgumentException(
          "a load must be otlp, push, streams, late or queries, got '%s'".formatted(name));
    }

    String option() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A server to measure.
   *
   * @param command begins its command line; empty for the platform of this tree
   */
  record ServerSpec(LogServerKind kind, List<String> command) {}

  /**
   * @throws IllegalArgumentException with what is wrong
   */
  static LogsOptions parse(String[] arguments) {
    Set<Load> loads = EnumSet.noneOf(Load.class);
    List<ServerSpec> servers = new ArrayList<>();
    double scale = 1;
    long seed = 1;
    int runs = 10;
    int settle = 75;
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
        case "--server" -> servers.add(server(value));
        case "--scale" -> scale = Double.parseDouble(value);
        case "--seed" -> seed = Long.parseLong(value);
        case "--runs" -> runs = Integer.parseInt(value);
        case "--settle" -> settle = Integer.parseInt(value);
        case "--json" -> json = Path.of(value);
        default -> throw new IllegalArgumentException("unknown option '%s'".formatted(option));
      }
    }
    if (!(scale > 0 && scale <= 10) || runs < 1 || settle < 0) {
      throw new IllegalArgumentException(
          "--scale must be above 0 and at most 10, --runs at least 1, --settle not negative, got %s, %d and %d"
              .formatted(scale, runs, settle));
    }
    return new LogsOptions(
        loads.isEmpty() ? EnumSet.allOf(Load.class) : loads,
        servers.isEmpty()
            ? List.of(new ServerSpec(LogServerKind.GHOSTWORKS, List.of()))
            : List.copyOf(servers),
        scale,
        seed,
        runs,
        settle,
        json);
  }

  /** A number at this scale, at least {@code least}. */
  int scaled(int number, int least) {
    return (int) Math.max(least, Math.round(number * scale));
  }

  private static ServerSpec server(String value) {
    String[] parts = value.split("=", 2);
    LogServerKind kind = LogServerKind.of(parts[0]);
    if (parts.length == 1 && kind != LogServerKind.GHOSTWORKS) {
      throw new IllegalArgumentException(
          "--server %s needs the path of its binary: --server %s=BINARY".formatted(value, value));
    }
    return new ServerSpec(
        kind, parts.length == 1 ? List.of() : List.of(parts[1].trim().split(" +")));
  }
}
