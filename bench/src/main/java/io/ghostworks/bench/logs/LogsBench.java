package io.ghostworks.bench.logs;

import io.ghostworks.bench.logs.LogRequests.Protocol;
import io.ghostworks.bench.logs.LogRequests.Shape;
import io.ghostworks.bench.peer.Peer;
import io.ghostworks.bench.peer.PeerOptions;
import io.ghostworks.bench.peer.PeerRun;
import io.ghostworks.bench.peer.PeerServer;
import io.ghostworks.bench.peer.PeerSpec;
import io.ghostworks.bench.system.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * The figures of logs in docs/benchmarks.md, of Ghostworks and of other servers in the same run:
 * each load is given to each server in turn, the same bytes from the same seed. Tables go to
 * standard output, progress to standard error.
 */
public final class LogsBench {
  private static final int REQUESTS = 8_000;
  private static final int REQUESTS_OF_QUERIES = 20_000;
  private static final int STREAMS = 50;
  private static final int STREAMS_MANY = 50_000;
  private static final int LATE_PERCENT = 20;
  private static final Duration SPAN = Duration.ofHours(2);
  private static final Duration DAY = Duration.ofHours(24);

  private static final String USAGE =
      """
      usage: ./ghostworks bench logs [LOAD ...] [--server KIND[=COMMAND] ...]
                 [--scale N] [--seed N] [--runs N] [--settle SECONDS] [--json FILE]
      loads: otlp, push, streams, late, queries; all of them unless told
      --server: ghostworks, victoria-logs, loki; each is started anew for each load, on loopback, with a fresh
                data directory. COMMAND is its binary, with leading arguments if need be; ghostworks needs none.
                Without any --server: ghostworks
      """
          + PeerOptions.USAGE;

  private final PeerOptions<Load, LogServerKind> options;
  private final Report report = new Report();
  private final LogIngest ingest;
  private final LogQueries queries;

  /** The time of the last lines; the same for all servers. */
  private final Instant end = Instant.now();

  private LogsBench(PeerOptions<Load, LogServerKind> options) {
    this.options = options;
    this.ingest = new LogIngest(options, report);
    this.queries = new LogQueries(options, report);
  }

  public static void main(String[] arguments) throws Exception {
    PeerOptions<Load, LogServerKind> options;
    try {
      options = PeerOptions.parse(arguments, Load.class, LogServerKind.values());
      if (!options.targets().isEmpty()) {
        throw new IllegalArgumentException("unknown option '--target'");
      }
    } catch (IllegalArgumentException e) {
      System.err.printf("bench logs: %s%n%s", e.getMessage(), USAGE);
      System.exit(2);
      return;
    }
    new LogsBench(options).run(Path.of(System.getProperty("ghostworks.root", ".")));
    System.exit(0);
  }

  private void run(Path root) throws IOException, InterruptedException {
    PeerRun.run(
        options,
        report,
        end,
        load -> {
          for (PeerSpec<LogServerKind> spec : options.servers()) {
            try (PeerServer server = PeerServer.open(spec, root)) {
              run(load, server, spec.kind());
            }
          }
        });
  }

  private void run(Load load, Peer server, LogServerKind kind)
      throws IOException, InterruptedException {
    switch (load) {
      case OTLP -> ingest.run(server, kind, load, Protocol.OTLP, shape(STREAMS, SPAN, 0, REQUESTS));
      case PUSH -> ingest.run(server, kind, load, Protocol.LOKI, shape(STREAMS, SPAN, 0, REQUESTS));
      case STREAMS ->
          ingest.run(
              server,
              kind,
              load,
              Protocol.LOKI,
              shape(options.scaled(STREAMS_MANY, STREAMS), SPAN, 0, REQUESTS));
      case LATE ->
          ingest.run(
              server, kind, load, Protocol.LOKI, shape(STREAMS, SPAN, LATE_PERCENT, REQUESTS));
      case QUERIES -> queries.run(server, kind, shape(STREAMS, DAY, 0, REQUESTS_OF_QUERIES));
    }
  }

  private Shape shape(int streams, Duration span, int latePercent, int requests) {
    return new Shape(
        options.seed(),
        streams,
        end.minus(span).toEpochMilli() * 1_000_000,
        span.toNanos(),
        options.scaled(requests, 50),
        latePercent);
  }

  /** What is measured. */
  enum Load {
    OTLP,
    PUSH,
    STREAMS,
    LATE,
    QUERIES
  }
}
