package io.ghostworks.bench.traces;

import io.ghostworks.bench.peer.Peer;
import io.ghostworks.bench.peer.PeerOptions;
import io.ghostworks.bench.peer.PeerRun;
import io.ghostworks.bench.peer.PeerServer;
import io.ghostworks.bench.peer.PeerSpec;
import io.ghostworks.bench.peer.RunningPeer;
import io.ghostworks.bench.system.Report;
import io.ghostworks.bench.traces.TraceRequests.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The figures of traces in docs/benchmarks.md, of Ghostworks and of other servers in the same run:
 * each load is given to each server in turn, the same bytes from the same seed.
 */
public final class TracesBench {
  private static final int REQUESTS = 8_000;
  private static final int REQUESTS_OF_QUERIES = 20_200;
  private static final Duration SPAN = Duration.ofHours(2);

  /**
   * Whole steps around the spans are no more than the 24 hours that Tempo's API answers at most.
   */
  private static final Duration DAY = Duration.ofHours(24).minusMinutes(15);

  /** Tempo looks for newer spans only in its memory, which a restart empties. */
  private static final Duration AGE_MIN = Duration.ofMinutes(20);

  private static final String USAGE =
      """
      usage: ./ghostworks bench traces [LOAD ...] [--server KIND[=COMMAND] ...] [--target NAME=OTLP_URL,API=URL,PID ...]
                 [--scale N] [--seed N] [--runs N] [--settle SECONDS] [--json FILE]
      loads: otlp (spans a second of CPU, memory, bytes a span), gzip (the same, compressed), queries; all of them unless told
      --server: ghostworks, tempo, jaeger, victoria-traces; each is started anew for each load, on loopback, with a fresh
                data directory. COMMAND is its binary, with leading arguments if need be; ghostworks needs none.
                Without any --server and --target: ghostworks
      --target: a server that runs already; API is tempo, jaeger or logsql, URL what its paths are appended to
      """
          + PeerOptions.USAGE;

  private final PeerOptions<Load, TraceServerKind> options;
  private final List<TraceTarget> targets;
  private final Report report = new Report();
  private final TraceIngest ingest;
  private final TraceQueries queries;

  /** The time of the last spans; the same for all servers. */
  private final Instant end = Instant.now().minus(AGE_MIN);

  private TracesBench(PeerOptions<Load, TraceServerKind> options, List<TraceTarget> targets) {
    this.options = options;
    this.targets = targets;
    this.ingest = new TraceIngest(options, report);
    this.queries = new TraceQueries(options, report, ingest);
  }

  public static void main(String[] arguments) throws Exception {
    PeerOptions<Load, TraceServerKind> options;
    List<TraceTarget> targets;
    try {
      options = PeerOptions.parse(arguments, Load.class, TraceServerKind.values());
      targets = options.targets().stream().map(TraceTarget::parse).toList();
    } catch (IllegalArgumentException e) {
      System.err.printf("bench traces: %s%n%s", e.getMessage(), USAGE);
      System.exit(2);
      return;
    }
    new TracesBench(options, targets).run(Path.of(System.getProperty("ghostworks.root", ".")));
    System.exit(0);
  }

  private void run(Path root) throws IOException, InterruptedException {
    PeerRun.run(
        options,
        report,
        end,
        load -> {
          for (PeerSpec<TraceServerKind> spec : options.servers()) {
            try (PeerServer server = PeerServer.open(spec, root)) {
              run(load, server, spec.kind().endpoint());
            }
          }
          for (TraceTarget target : targets) {
            try (RunningPeer server = RunningPeer.of(target.name(), target.pid())) {
              run(load, server, target.endpoint());
            }
          }
        });
  }

  private void run(Load load, Peer server, TraceEndpoint endpoint)
      throws IOException, InterruptedException {
    switch (load) {
      case OTLP, GZIP -> ingest.run(server, endpoint, load, shape(SPAN, REQUESTS));
      case QUERIES -> queries.run(server, endpoint, shape(DAY, REQUESTS_OF_QUERIES));
    }
  }

  private Shape shape(Duration span, int requests) {
    return new Shape(
        options.seed(),
        end.minus(span).toEpochMilli() * 1_000_000,
        span.toNanos(),
        options.scaled(requests, 50));
  }

  /** What is measured. */
  enum Load {
    OTLP,
    GZIP,
    QUERIES
  }
}
