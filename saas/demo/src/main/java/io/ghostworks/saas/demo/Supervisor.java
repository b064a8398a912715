package io.ghostworks.saas.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Starts the processes, waits until they answer, and notices when one ends by itself.
 *
 * <pre>
 * platform and api start together; the worker when the api answers; the load when all answer
 * </pre>
 */
final class Supervisor implements AutoCloseable {
  private static final Duration READY = Duration.ofMinutes(3);
  private static final Duration STEP = Duration.ofMillis(200);

  private final DemoProcesses processes;
  private final HttpClient client;
  private final PrintStream progress;
  private final AtomicBoolean closed = new AtomicBoolean();

  Supervisor(DemoProcesses processes, HttpClient client, PrintStream progress) {
    this.processes = processes;
    this.client = client;
    this.progress = progress;
  }

  /** A process that ended, or did not answer in time. */
  static final class ProcessFailure extends Exception {
    private static final long serialVersionUID = 1L;

    ProcessFailure(DemoProcess process, String what) {
      super(
          "%s %s, and the demo ends with it; it wrote last:%n%s"
              .formatted(process.name(), what, process.lastLines()));
    }
  }

  /** Starts everything; true when all answer, false when the demo was closed before that. */
  boolean start() throws IOException, InterruptedException, ProcessFailure {
    progress.println("starting the platform and the api");
    launch(processes.platform());
    launch(processes.api());
    if (!awaitReady(processes.api())) {
      return false;
    }
    progress.println("starting the worker");
    launch(processes.worker());
    if (!awaitReady(processes.worker()) || !awaitReady(processes.platform())) {
      return false;
    }
    progress.println("starting the load, once the api was scraped");
    if (!await(processes.platform(), processes.beforeLoad())) {
      return false;
    }
    launch(processes.load());
    return !closed.get();
  }

  /**
   * Returns after the duration, or at once when the demo is closed; throws when a process ends by
   * itself before.
   */
  void watch(Duration duration) throws InterruptedException, ProcessFailure {
    long end = System.nanoTime() + duration.toNanos();
    while (!closed.get() && System.nanoTime() - end < 0) {
      failWhenEnded();
      Thread.sleep(STEP);
    }
  }

  /** Stops all, the last started first. */
  @Override
  public synchronized void close() {
    if (closed.compareAndSet(false, true)) {
      List<DemoProcess> lastFirst = processes.all().reversed();
      lastFirst.forEach(DemoProcess::stop);
    }
  }

  /** Nothing starts any more once the demo is closed. */
  private synchronized void launch(DemoProcess process) throws IOException {
    if (!closed.get()) {
      process.start();
    }
  }

  /** False when the demo was closed before the process answered. */
  private boolean awaitReady(DemoProcess process) throws InterruptedException, ProcessFailure {
    return await(process, process.ready());
  }

  /** False when the demo was closed before the probe held. */
  private boolean await(DemoProcess process, @Nullable Probe probe)
      throws InterruptedException, ProcessFailure {
    long end = System.nanoTime() + READY.toNanos();
    while (probe != null && !closed.get() && !probe.holds(client)) {
      failWhenEnded();
      if (System.nanoTime() - end > 0) {
        throw new ProcessFailure(
            process,
            "did not answer at " + probe.uri() + " within " + READY.toMinutes() + " minutes");
      }
      Thread.sleep(STEP);
    }
    return !closed.get();
  }

  private void failWhenEnded() throws ProcessFailure {
    for (DemoProcess process : processes.all()) {
      if (!closed.get() && process.hasFailed()) {
        throw new ProcessFailure(process, "has ended " + process.ending());
      }
    }
  }
}
