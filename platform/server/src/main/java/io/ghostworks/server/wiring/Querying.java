package io.ghostworks.server.wiring;

import io.ghostworks.model.label.Labels;
import io.ghostworks.query.RunningQueries;
import io.ghostworks.rules.InstantQuery;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.runtime.time.Timers;
import io.ghostworks.server.http.Queries;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.queries.QueriesEndpoint;
import io.ghostworks.server.queries.SlowQueries;
import io.ghostworks.server.queries.UnfinishedQueries;
import io.ghostworks.server.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executor;

/** What watches over all queries of the process. */
final class Querying implements AutoCloseable {

  private final UnfinishedQueries unfinished;
  private final RunningQueries running;
  private final MemoryBudget memory;
  private final Duration timeout;
  private final Clock clock;

  private Querying(
      UnfinishedQueries unfinished,
      RunningQueries running,
      MemoryBudget memory,
      Duration timeout,
      Clock clock) {
    this.unfinished = unfinished;
    this.running = running;
    this.memory = memory;
    this.timeout = timeout;
    this.clock = clock;
  }

  /**
   * @param data the data directory, which this process owns
   * @param memory of all queries of people
   * @throws IOException if it cannot be read or written
   */
  static Querying open(
      Path data,
      Settings settings,
      MemoryBudget memory,
      Clock clock,
      Timers timers,
      PlatformMetrics metrics)
      throws IOException {
    int concurrencyMax = settings.queries().concurrencyMax();
    UnfinishedQueries unfinished = UnfinishedQueries.open(data, concurrencyMax, clock);
    RunningQueries running =
        new RunningQueries(
            clock,
            timers,
            concurrencyMax,
            unfinished.and(new SlowQueries(settings.queries().slowThreshold(), metrics)));
    metrics.gauge(
        "ghostworks_queries_running",
        "Evaluations that run now, those of rules aside.",
        Labels.EMPTY,
        running::running);
    metrics.gauge(
        "ghostworks_queries_waiting",
        "Evaluations that wait for others to end.",
        Labels.EMPTY,
        running::waiting);
    metrics.gauge(
        "ghostworks_queries_running_max",
        "Evaluations that may run at once.",
        Labels.EMPTY,
        () -> concurrencyMax);
    return new Querying(unfinished, running, memory, settings.limits().queryTimeout(), clock);
  }

  RunningQueries running() {
    return running;
  }

  UnfinishedQueries unfinished() {
    return unfinished;
  }

  /**
   * How requests ask.
   *
   * @param later runs evaluations that had to wait
   */
  Queries queries(Executor later) {
    return new Queries(clock, running, memory, timeout, later);
  }

  /** Evaluates rules that people try out, with what is theirs. */
  InstantQuery ruleTrials(Alerting alerting) {
    return alerting.trialQueries(memory, timeout);
  }

  void addTo(Routes.Api api) {
    new QueriesEndpoint(running, unfinished).addTo(api);
  }

  /** Stops what still runs. */
  @Override
  public void close() {
    running.list().forEach(query -> query.context().cancel());
    unfinished.close();
  }
}
