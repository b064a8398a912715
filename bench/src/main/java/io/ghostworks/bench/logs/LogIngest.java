package io.ghostworks.bench.logs;

import io.ghostworks.bench.logs.LogRequests.Protocol;
import io.ghostworks.bench.logs.LogRequests.Shape;
import io.ghostworks.bench.logs.LogsBench.Load;
import io.ghostworks.bench.peer.MemoryWatch;
import io.ghostworks.bench.peer.Peer;
import io.ghostworks.bench.peer.PeerOptions;
import io.ghostworks.bench.peer.RequestSender;
import io.ghostworks.bench.system.Report;
import java.io.IOException;

/** Lines written: raw bytes a second of CPU, memory meanwhile, bytes in files afterwards. */
final class LogIngest {
  /** The first tenth warms up. */
  private static final int WARM_UP_SHARE = 10;

  private final PeerOptions<Load, LogServerKind> options;
  private final Report report;

  LogIngest(PeerOptions<Load, LogServerKind> options, Report report) {
    this.options = options;
    this.report = report;
  }

  void run(Peer server, LogServerKind kind, Load load, Protocol protocol, Shape shape)
      throws IOException, InterruptedException {
    try (RequestSender sender = LogRequests.sender(kind, protocol, shape);
        MemoryWatch watch = new MemoryWatch(server.process())) {
      sender.sendUntil(shape.requests() / WARM_UP_SHARE);
      server.awaitQuiet();
      long rawBefore = sender.rawBytes();
      double cpuBefore = server.process().cpuSeconds();
      long start = System.nanoTime();
      sender.sendUntil(shape.requests());
      double seconds = (System.nanoTime() - start) / 1e9;
      // Work that a server puts off until after its answer counts, too.
      server.awaitQuiet();
      double cpu = server.process().cpuSeconds() - cpuBefore;
      double raw = sender.rawBytes() - rawBefore;
      add(load, server, "lines", shape.lines());
      add(load, server, "raw bytes a line", sender.rawBytes() / (double) shape.lines());
      add(load, server, "raw MB a second of CPU", raw / 1e6 / cpu);
      add(load, server, "raw MB a second", raw / 1e6 / seconds);
      add(load, server, "requests refused and sent again", sender.sentAgain());
      add(load, server, "resident, at most, MiB", watch.mostMib());
      add(load, server, "resident, at the end, MiB", server.process().residentMib());
      server.settle(options.settleSeconds());
      long stored = server.storedBytes().orElseThrow();
      add(load, server, "bytes in files a raw byte", stored / (double) sender.rawBytes());
    }
  }

  private void add(Load load, Peer server, String name, double value) {
    report.add(PeerOptions.option(load), server.name(), name, value);
  }
}
