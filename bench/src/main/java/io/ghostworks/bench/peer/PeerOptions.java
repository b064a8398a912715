package io.ghostworks.bench.peer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the command line of a benchmark of several servers asks for.
 *
 * @param loads to run, in their order
 * @param servers to start and measure, in the order in which they are named
 * @param targets servers that run already, as the benchmark itself reads them
 * @param scale of the number of rows
 * @param seed of everything that is made up
 * @param runs of each query that count
 * @param settleSeconds to wait at least after a restart, before files are measured
 * @param json gets the figures, too
 */
public record PeerOptions<L extends Enum<L>, K extends PeerKind>(
    Set<L> loads,
    List<PeerSpec<K>> servers,
    List<String> targets,
    double scale,
    long seed,
    int runs,
    int settleSeconds,
    @Nullable Path json) {

  /** The options that all benchmarks of this form have. */
  public static final String USAGE =
      """
      --scale:  1 is the documented run; 0.02 takes a few minutes
      --seed:   of what is sent, 1 unless told; --runs: of each query, 10 unless told
      --settle: seconds after a restart before files are measured, 75 unless told
      --json:   a file for all figures
      """;

  /**
   * @param kinds all that are known, the platform of this tree among them
   * @throws IllegalArgumentException with what is wrong
   */
  public static <L extends Enum<L>, K extends PeerKind> PeerOptions<L, K> parse(
      String[] arguments, Class<L> loadType, K[] kinds) {
    Set<L> loads = EnumSet.noneOf(loadType);
    List<PeerSpec<K>> servers = new ArrayList<>();
    List<String> targets = new ArrayList<>();
    double scale = 1;
    long seed = 1;
    int runs = 10;
    int settle = 75;
    Path json = null;
    List<String> rest = new ArrayList<>(List.of(arguments));
    while (!rest.isEmpty()) {
      String option = rest.removeFirst();
      if (!option.startsWith("--")) {
        loads.add(load(loadType, option));
        continue;
      }
      if (rest.isEmpty()) {
        throw new IllegalArgumentException("%s needs a value".formatted(option));
      }
      String value = rest.removeFirst();
      switch (option) {
        case "--server" -> servers.add(server(value, kinds));
        case "--target" -> targets.add(value);
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
    if (servers.isEmpty() && targets.isEmpty()) {
      Arrays.stream(kinds)
          .filter(PeerKind::isOwn)
          .forEach(own -> servers.add(new PeerSpec<>(own, List.of())));
    }
    return new PeerOptions<>(
        loads.isEmpty() ? EnumSet.allOf(loadType) : loads,
        List.copyOf(servers),
        List.copyOf(targets),
        scale,
        seed,
        runs,
        settle,
        json);
  }

  /** A number at this scale, at least {@code least}. */
  public int scaled(int number, int least) {
    return (int) Math.max(least, Math.round(number * scale));
  }

  /** A load's name on the command line and in reports. */
  public static String option(Enum<?> load) {
    return load.name().toLowerCase(Locale.ROOT);
  }

  private static <L extends Enum<L>> L load(Class<L> type, String name) {
    for (L load : type.getEnumConstants()) {
      if (option(load).equals(name)) {
        return load;
      }
    }
    throw new IllegalArgumentException(
        "a load must be one of %s, got '%s'"
            .formatted(
                Arrays.stream(type.getEnumConstants())
                    .map(PeerOptions::option)
                    .collect(Collectors.joining(", ")),
                name));
  }

  private static <K extends PeerKind> PeerSpec<K> server(String value, K[] kinds) {
    String[] parts = value.split("=", 2);
    K kind =
        Arrays.stream(kinds)
            .filter(each -> each.option().equals(parts[0]))
            .findFirst()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "a server must be one of %s, got '%s'"
                        .formatted(
                            Arrays.stream(kinds)
                                .map(PeerKind::option)
                                .collect(Collectors.joining(", ")),
                            parts[0])));
    if (parts.length == 1 && !kind.isOwn()) {
      throw new IllegalArgumentException(
          "--server %s needs the path of its binary: --server %s=BINARY".formatted(value, value));
    }
    return new PeerSpec<>(
        kind, parts.length == 1 ? List.of() : List.of(parts[1].trim().split(" +")));
  }
}
