package io.ghostworks.bench.metrics;

import io.ghostworks.bench.fleet.Counters;
import io.ghostworks.bench.system.Report;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** 1,000,000 series and what the journal holds of them, killed and started again. */
final class RestartLoad {
  private static final String NAME = "restart";
  private static final int SERIES = 1_000_000;
  private static final int ROUNDS = 20;
  private static final long STEP_MS = 15_000;

  private final MetricsOptions options;
  private final Report report;

  RestartLoad(MetricsOptions options, Report report) {
    this.options = options;
    this.report = report;
  }

  void run(Server server) throws IOException, InterruptedException {
    Counters counters = new Counters(options.seed(), options.scaled(SERIES, 1_000));
    long startMs = System.currentTimeMillis() - ROUNDS * STEP_MS;
    try (RoundSender sender = new RoundSender(server.writeUri())) {
      sender.rounds(
          0,
          ROUNDS,
          (connection, round) -> {
            for (int i = connection; i < counters.requests(); i += RoundSender.CONNECTIONS) {
              sender.send(counters.request(i, startMs + round * STEP_MS));
            }
          });
    }
    add(server, "series", counters.series());
    add(server, "samples", (double) counters.series() * ROUNDS);
    add(server, "resident before, MiB", server.process().residentMib());
    if (server.kind() == ServerKind.VICTORIA_METRICS) {
      TimeUnit.SECONDS.sleep(6); // what it has not written by itself by then would be lost
    }
    add(server, "journal, MiB", DiskUse.journalBytes(server) / 1048576.0);
    server.crashAndStart();
    add(server, "ready after kill -9, s", server.process().readySeconds());
    add(server, "CPU until ready, s", server.process().cpuSeconds());
    add(server, "resident when ready, MiB", server.process().residentMib());
    add(server, "peak resident until ready, MiB", server.process().peakResidentMib());
  }

  private void add(Server server, String name, double value) {
    report.add(NAME, server.name(), name, value);
  }
}
