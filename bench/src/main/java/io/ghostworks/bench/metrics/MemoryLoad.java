package io.ghostworks.bench.metrics;

import io.ghostworks.bench.fleet.Counters;
import io.ghostworks.bench.system.Report;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * 1,000,000 active series of ten labels, a sample of each every 15 seconds of real time: memory
 * over time and CPU.
 */
final class MemoryLoad {
  private static final String NAME = "memory";
  private static final int SERIES = 1_000_000;
  private static final long STEP_MS = 15_000;
  private static final int ROUNDS_A_MINUTE = 4;

  private final MetricsOptions options;
  private final Report report;

  MemoryLoad(MetricsOptions options, Report report) {
    this.options = options;
    this.report = report;
  }

  void run(Server server) throws IOException, InterruptedException {
    Counters counters = new Counters(options.seed(), options.scaled(SERIES, 1_000));
    add(server, "series", counters.series());
    try (RoundSender sender = new RoundSender(server.writeUri())) {
      double cpuBefore = server.process().cpuSeconds();
      round(counters, sender);
      add(
          server,
          "CPU of the first sample of a series, µs",
          (server.process().cpuSeconds() - cpuBefore) / counters.series() * 1e6);
      add(server, "resident after the first round, MiB", server.process().residentMib());
      steady(server, counters, sender);
      add(server, "requests refused and sent again", sender.sentAgain());
    }
  }

  private void steady(Server server, Counters counters, RoundSender sender)
      throws IOException, InterruptedException {
    double cpuBefore = server.process().cpuSeconds();
    long start = System.nanoTime();
    int rounds = options.minutes() * ROUNDS_A_MINUTE;
    double most = 0;
    int late = 0;
    for (int round = 1; round <= rounds; round++) {
      long due = start + round * STEP_MS * 1_000_000;
      long wait = due - System.nanoTime();
      late += wait < 0 ? 1 : 0;
      TimeUnit.NANOSECONDS.sleep(wait);
      round(counters, sender);
      most = Math.max(most, server.process().residentMib());
      if (round % ROUNDS_A_MINUTE == 0) {
        add(
            server,
            "resident after %d min, MiB".formatted(round / ROUNDS_A_MINUTE),
            server.process().residentMib());
      }
    }
    double cpu = server.process().cpuSeconds() - cpuBefore;
    add(server, "most resident after a round, MiB", most);
    add(server, "peak resident, MiB", server.process().peakResidentMib());
    add(server, "CPU a sample, µs", cpu / ((double) rounds * counters.series()) * 1e6);
    add(server, "CPU of a core, %", cpu / ((System.nanoTime() - start) / 1e9) * 100);
    add(server, "rounds that began late", late);
  }

  private static void round(Counters counters, RoundSender sender) throws InterruptedException {
    long nowMs = System.currentTimeMillis();
    sender.rounds(
        0,
        1,
        (connection, round) -> {
          for (int i = connection; i < counters.requests(); i += RoundSender.CONNECTIONS) {
            sender.send(counters.request(i, nowMs));
          }
        });
  }

  private void add(Server server, String name, double value) {
    report.add(NAME, server.name(), name, value);
  }
}
