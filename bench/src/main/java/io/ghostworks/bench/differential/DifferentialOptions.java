package io.ghostworks.bench.differential;

import java.net.URI;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param target the server that is examined, up to {@code /api/v1}
 * @param peer the server whose answers are right
 * @param seed decides series and queries
 * @param scrapes samples of each series, 15 seconds apart
 * @param queries how many are asked
 */
record DifferentialOptions(URI target, URI peer, long seed, int scrapes, int queries) {
  static final String USAGE =
      """
      usage: ./ghostworks bench differential --target URL --peer URL [--seed N] [--scrapes N] [--queries N]
      Both servers run already, take remote write 1.0, and have no data of the last hours; URLs are those up to /api/v1.
      The peer is a Prometheus started with --web.enable-remote-write-receiver --enable-feature=promql-experimental-functions
      """;

  private static final int SCRAPES_MAX = 2_000;

  /**
   * @throws IllegalArgumentException with what is wrong
   */
  static DifferentialOptions parse(String[] arguments) {
    @Nullable URI target = null;
    @Nullable URI peer = null;
    long seed = 1;
    int scrapes = 200;
    int queries = 2_000;
    Iterator<String> rest = List.of(arguments).iterator();
    while (rest.hasNext()) {
      String option = rest.next();
      if (!rest.hasNext()) {
        throw new IllegalArgumentException("%s needs a value".formatted(option));
      }
      String value = rest.next();
      switch (option) {
        case "--target" -> target = URI.create(value);
        case "--peer" -> peer = URI.create(value);
        case "--seed" -> seed = Long.parseLong(value);
        case "--scrapes" -> scrapes = Integer.parseInt(value);
        case "--queries" -> queries = Integer.parseInt(value);
        default -> throw new IllegalArgumentException("unknown option '%s'".formatted(option));
      }
    }
    if (target == null || peer == null) {
      throw new IllegalArgumentException("--target and --peer are needed");
    }
    if (scrapes < 50 || scrapes > SCRAPES_MAX || queries < 1) {
      throw new IllegalArgumentException(
          "--scrapes must be from 50 to %d and --queries at least 1, got %d and %d"
              .formatted(SCRAPES_MAX, scrapes, queries));
    }
    return new DifferentialOptions(target, peer, seed, scrapes, queries);
  }
}
