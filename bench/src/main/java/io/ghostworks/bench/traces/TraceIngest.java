package io.ghostworks.bench.traces;

import io.ghostworks.bench.peer.MemoryWatch;
import io.ghostworks.bench.peer.Peer;
import io.ghostworks.bench.peer.PeerOptions;
import io.ghostworks.bench.peer.RequestSender;
import io.ghostworks.bench.system.Report;
import io.ghostworks.bench.traces.TracesBench.Load;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Spans written: spans a second of CPU, memory meanwhile, bytes in files afterwards. */
final class TraceIngest {
  /** The first tenth warms up. */
  private static final int WARM_UP_SHARE = 10;

  private final PeerOptions<Load, TraceServerKind> options;
  private final Report report;

  TraceIngest(PeerOptions<Load, TraceServerKind> options, Report report) {
    this.options = options;
    this.report = report;
  }

  void run(Peer server, TraceEndpoint endpoint, Load load, TraceRequests.Shape shape)
      throws IOException, InterruptedException {
    try (RequestSender sender = sender(endpoint, shape, load == Load.GZIP);
        MemoryWatch watch = new MemoryWatch(server.process())) {
      sender.sendUntil(shape.requests() / WARM_UP_SHARE);
      server.awaitQuiet();
      long spansBefore = sender.rows();
      long rawBefore = sender.rawBytes();
      double cpuBefore = server.process().cpuSeconds();
      long start = System.nanoTime();
      sender.sendUntil(shape.requests());
      double seconds = (System.nanoTime() - start) / 1e9;
      // Work that a server puts off until after its answer counts, too.
      server.awaitQuiet();
      double cpu = server.process().cpuSeconds() - cpuBefore;
      double spans = sender.rows() - spansBefore;
      add(load, server, "spans", sender.rows());
      add(load, server, "OTLP bytes a span", sender.rawBytes() / (double) sender.rows());
      add(load, server, "spans a second of CPU", spans / cpu);
      add(load, server, "OTLP MB a second of CPU", (sender.rawBytes() - rawBefore) / 1e6 / cpu);
      add(load, server, "spans a second", spans / seconds);
      add(load, server, "requests refused and sent again", sender.sentAgain());
      add(load, server, "resident, at most, MiB", watch.mostMib());
      add(load, server, "resident, at the end, MiB", server.process().residentMib());
      stored(load, server, sender.rows());
    }
  }

  /** Lets it write and merge, and tells what its files take. */
  void stored(Load load, Peer server, long spans) throws IOException, InterruptedException {
    server.settle(options.settleSeconds());
    OptionalLong bytes = server.storedBytes();
    if (bytes.isPresent()) {
      add(load, server, "bytes in files a span", bytes.getAsLong() / (double) spans);
    }
  }

  static RequestSender sender(TraceEndpoint endpoint, TraceRequests.Shape shape, boolean gzip) {
    List<String> headers = new ArrayList<>(List.of("content-type", "application/x-protobuf"));
    if (gzip) {
      headers.addAll(List.of("content-encoding", "gzip"));
    }
    return new RequestSender(endpoint.write(), headers, () -> new TraceRequests(shape, gzip));
  }

  private void add(Load load, Peer server, String name, double value) {
    report.add(PeerOptions.option(load), server.name(), name, value);
  }
}
