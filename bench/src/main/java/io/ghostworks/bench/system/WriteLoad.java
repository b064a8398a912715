package io.ghostworks.bench.system;

import io.ghostworks.bench.payload.LokiPayloads;
import io.ghostworks.bench.payload.Payloads;
import io.ghostworks.bench.payload.RemoteWritePayloads;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Rows that a server accepts per second of its CPU; one row of the table a protocol. */
final class WriteLoad {

  static final String TABLE_HEAD =
      """
      | load | rows per CPU-second | MB per CPU-second | rows per second | CPU-seconds | requests sent again | resident after |
      | --- | --- | --- | --- | --- | --- | --- |\
      """;

  private static final int ROWS = 500;
  private static final int REQUESTS = 2_000;
  private static final int WARM_UP = 400;
  private static final int SERIES = 10_000;
  private static final int SAMPLES = 2_000;
  private static final int SCRAPES = 100;
  private static final int WARM_UP_SCRAPES = 20;

  /** Work that a server puts off until after its answer counts, too. */
  private static final int SETTLE_SECONDS = 5;

  private final ServerProcess server;
  private final Sender sender;
  private final BenchOptions options;

  WriteLoad(ServerProcess server, Sender sender, BenchOptions options) {
    this.server = server;
    this.sender = sender;
    this.options = options;
  }

  /** Sends the load of one protocol in requests of 500 rows. */
  void send(Protocol protocol, URI uri) throws IOException, InterruptedException {
    long baseNanos = System.currentTimeMillis() * 1_000_000L - 60_000_000_000L;
    Payloads otlp = new Payloads(42, baseNanos);
    LokiPayloads loki = new LokiPayloads(42, baseNanos);
    IntFunction<byte[]> payload =
        switch (protocol) {
          case OTLP_TRACES -> i -> otlp.spans(ROWS, i);
          case OTLP_LOGS -> i -> otlp.logs(ROWS, i);
          case OTLP_METRICS -> i -> otlp.points(ROWS, i);
          case LOKI_PUSH -> i -> loki.compressed(ROWS, i);
          case REMOTE_WRITE, PROMETHEUS_QUERY ->
              throw new IllegalArgumentException("not sent by requests of rows: " + protocol);
        };
    int warmUp = options.scaled(WARM_UP);
    byte[][] bodies = new byte[warmUp + options.scaled(REQUESTS)][];
    for (int i = 0; i < bodies.length; i++) {
      bodies[i] = payload.apply(i);
    }
    sender.send(protocol, uri, bodies, 0, warmUp);
    measure(
        protocol,
        bodies,
        warmUp,
        ROWS,
        () -> sender.send(protocol, uri, bodies, warmUp, bodies.length - warmUp));
  }

  /**
   * 10,000 series, scraped every 15 seconds of their own time, in requests of 2,000 samples; a
   * scrape is sent when the one before was accepted, as a sender does.
   *
   * @return the time of the last scrape, in milliseconds
   */
  long remoteWrite(URI uri) throws IOException, InterruptedException {
    int perScrape = SERIES / SAMPLES;
    long baseMs = System.currentTimeMillis() - (SCRAPES + 5) * 15_000L;
    RemoteWritePayloads payloads = new RemoteWritePayloads(42, baseMs, SERIES);
    byte[][] bodies = new byte[SCRAPES * perScrape][];
    for (int i = 0; i < bodies.length; i++) {
      bodies[i] = payloads.request(i % perScrape * SAMPLES, SAMPLES, i / perScrape);
    }
    int warmUp = WARM_UP_SCRAPES * perScrape;
    scrapes(uri, bodies, 0, warmUp);
    measure(
        Protocol.REMOTE_WRITE,
        bodies,
        warmUp,
        SAMPLES,
        () -> scrapes(uri, bodies, warmUp, bodies.length));
    return baseMs + (SCRAPES - 1) * 15_000L;
  }

  private void scrapes(URI uri, byte[][] bodies, int from, int to) throws InterruptedException {
    int perScrape = SERIES / SAMPLES;
    for (int at = from; at < to; at += perScrape) {
      sender.send(Protocol.REMOTE_WRITE, uri, bodies, at, perScrape);
    }
  }

  @FunctionalInterface
  private interface Load {
    void send() throws InterruptedException;
  }

  private void measure(Protocol protocol, byte[][] bodies, int from, int rowsEach, Load load)
      throws IOException, InterruptedException {
    TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
    sender.takeSentAgain();
    double cpuBefore = server.cpuSeconds();
    long start = System.nanoTime();
    load.send();
    double seconds = (System.nanoTime() - start) / 1e9;
    TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
    double cpu = server.cpuSeconds() - cpuBefore;
    long bytes = 0;
    for (int i = from; i < bodies.length; i++) {
      bytes += bodies[i].length;
    }
    double rows = (double) (bodies.length - from) * rowsEach;
    System.out.printf(
        "| %s | %,.0f | %.1f | %,.0f | %.2f | %d of %d | %,.0f MiB |%n",
        protocol.rows(),
        rows / cpu,
        bytes / cpu / 1e6,
        rows / seconds,
        cpu,
        sender.takeSentAgain(),
        bodies.length - from,
        server.residentMib());
  }
}
