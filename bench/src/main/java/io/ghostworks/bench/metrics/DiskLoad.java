package io.ghostworks.bench.metrics;

import io.ghostworks.bench.fleet.Fleet;
import io.ghostworks.bench.system.Report;
import java.io.IOException;

/** One day at 15 s of the mix of targets: bytes a sample in files, after compaction. */
final class DiskLoad {
  private static final String NAME = "disk";
  private static final int APPLICATIONS = 4;
  private static final int ROUNDS = 5_760;
  private static final long STEP_MS = 15_000;
  private static final long DAY_MS = 86_400_000;
  private static final long SETTLED_MS = 2 * 3_600_000;

  private final MetricsOptions options;
  private final Report report;

  DiskLoad(MetricsOptions options, Report report) {
    this.options = options;
    this.report = report;
  }

  void run(Server server) throws IOException, InterruptedException {
    Fleet fleet = Fleet.of(options.seed(), options.scaled(APPLICATIONS, 1));
    double cpuBefore = server.process().cpuSeconds();
    long samples;
    long startMs = dayThatIsOver(System.currentTimeMillis());
    try (RoundSender sender = new RoundSender(server.writeUri())) {
      samples = new FleetSender(fleet, sender).send(startMs, STEP_MS, ROUNDS);
      add(server, "series", fleet.series());
      add(server, "samples", samples);
      add(server, "samples that differ from the one before, %", fleet.changedShare() * 100);
      add(server, "requests refused and sent again", sender.sentAgain());
    }
    DiskUse use;
    try (Compaction compaction = new Compaction(server)) {
      use = DiskUse.of(server, compaction.run());
    }
    add(server, "bytes a sample, all", (double) use.bytes() / samples);
    add(
        server,
        "bytes a sample, without the index of labels",
        (double) use.sampleBytes() / samples);
    add(server, "index of labels, bytes a series", (double) use.indexBytes() / fleet.series());
    add(server, "files of samples", use.files());
    add(
        server,
        "CPU a sample, compaction included, µs",
        (server.process().cpuSeconds() - cpuBefore) / samples * 1e6);
    add(server, "resident, MiB", server.process().residentMib());
  }

  /** The beginning of the newest UTC day of which nothing more is expected. */
  static long dayThatIsOver(long nowMs) {
    return (Math.floorDiv(nowMs - SETTLED_MS, DAY_MS) - 1) * DAY_MS;
  }

  private void add(Server server, String name, double value) {
    report.add(NAME, server.name(), name, value);
  }
}
