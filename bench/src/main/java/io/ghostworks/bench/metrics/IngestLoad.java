package io.ghostworks.bench.metrics;

import io.ghostworks.bench.fleet.Counters;
import io.ghostworks.bench.system.Report;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** 50,000 series, one sample of each a round, 500 a request: what a sample costs. */
final class IngestLoad {
  private static final String NAME = "ingest";
  private static final int SERIES = 50_000;
  private static final int ROUNDS = 120;
  private static final int WARM_UP = 30;
  private static final long STEP_MS = 15_000;

  /** Work that a server puts off until after its answer counts, too. */
  private static final int SETTLE_SECONDS = 10;

  private final MetricsOptions options;
  private final Report report;

  IngestLoad(MetricsOptions options, Report report) {
    this.options = options;
    this.report = report;
  }

  void run(Server server) throws IOException, InterruptedException {
    Counters counters = new Counters(options.seed(), options.scaled(SERIES, 1_000));
    // Rounds of the past, the last of them now: no server is asked to take the future.
    long startMs = System.currentTimeMillis() / STEP_MS * STEP_MS - ROUNDS * STEP_MS;
    try (RoundSender sender = new RoundSender(server.writeUri())) {
      RoundSender.Share share =
          (connection, round) -> {
            for (int i = connection; i < counters.requests(); i += RoundSender.CONNECTIONS) {
              sender.send(counters.request(i, startMs + round * STEP_MS));
            }
          };
      sender.rounds(0, WARM_UP, share);
      TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
      long againBefore = sender.sentAgain();
      double cpuBefore = server.process().cpuSeconds();
      long start = System.nanoTime();
      sender.rounds(WARM_UP, ROUNDS, share);
      double seconds = (System.nanoTime() - start) / 1e9;
      TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
      double cpu = server.process().cpuSeconds() - cpuBefore;
      double samples = (ROUNDS - WARM_UP) * (double) counters.series();
      add(server, "series", counters.series());
      add(server, "samples", samples);
      add(server, "CPU a sample, µs", cpu / samples * 1e6);
      add(server, "samples a second", samples / seconds);
      add(server, "requests refused and sent again", sender.sentAgain() - againBefore);
      add(server, "resident, MiB", server.process().residentMib());
    }
  }

  private void add(Server server, String name, double value) {
    report.add(NAME, server.name(), name, value);
  }
}
