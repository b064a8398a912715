package io.ghostworks.bench.peer;

import io.ghostworks.bench.system.ServerProcess;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** A server under measurement. */
public interface Peer extends AutoCloseable {
  double QUIET_CPU_SECONDS = 0.4;
  int QUIET_SECONDS = 10;
  int QUIET_TRIES_MAX = 60;

  String name();

  ServerProcess process();

  /**
   * Makes it write everything into its files, and waits for its upkeep.
   *
   * @param seconds to wait at least, for merges that come by the clock
   */
  void settle(int seconds) throws IOException, InterruptedException;

  /** The bytes of the files that hold rows and what leads to them; empty where nobody can tell. */
  OptionalLong storedBytes() throws IOException, InterruptedException;

  /** Waits until it works no more than an idle server does; answers the CPU time until then. */
  default double awaitQuiet() throws IOException, InterruptedException {
    double start = process().cpuSeconds();
    double before = start;
    for (int i = 0; i < QUIET_TRIES_MAX; i++) {
      TimeUnit.SECONDS.sleep(QUIET_SECONDS);
      double now = process().cpuSeconds();
      if (now - before < QUIET_CPU_SECONDS) {
        return now - start;
      }
      before = now;
    }
    throw new IOException("%s does not come to rest".formatted(name()));
  }

  @Override
  void close() throws IOException;
}
