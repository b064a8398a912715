package io.ghostworks.bench.logs;

import io.ghostworks.bench.logs.LogRequests.Protocol;
import io.ghostworks.bench.logs.LogRequests.Shape;
import io.ghostworks.bench.logs.LogsOptions.Load;
import io.ghostworks.bench.system.Report;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Lines written: raw bytes a second of CPU, memory meanwhile, bytes in files afterwards. */
final class LogIngest {
  /** The first tenth warms up. */
  private static final int WARM_UP_SHARE = 10;

  private final LogsOptions options;
  private final Report report;

  LogIngest(LogsOptions options, Report report) {
    this.options = options;
    this.report = report;
  }

  void run(LogServer server, Load load, Protocol protocol, Shape shape)
      throws IOException, InterruptedException {
    try (LogSender sender = new LogSender(server.kind().writeUri(protocol), protocol, shape);
        Watch watch = new Watch(server)) {
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
      add(
          load,
          server,
          "bytes in files a raw byte",
          server.storedBytes() / (double) sender.rawBytes());
    }
  }

  private void add(Load load, LogServer server, String name, double value) {
    report.add(load.option(), server.name(), name, value);
  }

  /** Looks at a server's resident memory ten times a second. */
  private static final class Watch implements AutoCloseable {
    private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final AtomicBoolean ended = new AtomicBoolean();
    private final Thread thread;
    private volatile double mostMib;

    Watch(LogServer server) {
      var process = server.process();
      thread =
          Thread.ofPlatform()
              .daemon()
              .start(() -> {
                while (!ended.get()) {
                  try {
                    mostMib = Math.max(mostMib, process.residentMib());
                  } catch (IOException e) {
                    return; // It has ended.
                  }
                  LockSupport.parkNanos(EVERY_NANOS);
                }
              });
    }

    double mostMib() {
      return mostMib;
    }

    @Override
    public void close() {
      ended.set(true);
      LockSupport.unpark(thread);
    }
  }
}
