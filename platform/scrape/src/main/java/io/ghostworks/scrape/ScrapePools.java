package io.ghostworks.scrape;

import io.ghostworks.model.TelemetrySink;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.runtime.time.Timers;
import io.ghostworks.scrape.prometheusfile.ScrapeJob;
import io.ghostworks.wire.http.HostMap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;

/**
 * Scrapes the targets of a list of jobs and hands each scrape to a sink, without waiting for it.
 * The list can be replaced while it runs. Thread-safe.
 *
 * <p>Nothing is scraped before {@link #apply}. {@link #close} ends everything at once and writes no
 * staleness markers, so that a restart leaves no gap.
 */
public final class ScrapePools implements AutoCloseable {

  /** Makes the client of a job; a seam for tests. */
  interface Clients {
    ScrapeClient client(ScrapeJob job) throws ScrapeException;
  }

  private final ScrapeSettings settings;
  private final Clients clients;
  private final ScrapeContext context;
  private final Map<String, ScrapePool> pools = new ConcurrentSkipListMap<>();
  private volatile List<ScrapeJob> jobs = List.of();
  private boolean closed; // guarded by this

  /**
   * @param tenant whose series they are
   * @param sink takes one batch a scrape; what it refuses is counted and not offered again
   * @param scrapes runs each scrape as a task that waits for the network: virtual threads
   */
  public ScrapePools(
      ScrapeSettings settings,
      TenantId tenant,
      TelemetrySink<SeriesBatch> sink,
      Clock clock,
      Timers timers,
      ExecutorService scrapes,
      PlatformMetrics metrics) {
    this(
        settings,
        job ->
            new HttpScrapeClient(
                job,
                job.protocols(settings.samples().createdAsStart()),
                new HostMap(settings.hosts()),
                settings.userAgent()),
        context(settings, tenant, sink, clock, timers, scrapes, metrics));
  }

  ScrapePools(ScrapeSettings settings, Clients clients, ScrapeContext context) {
    this.settings = settings;
    this.clients = clients;
    this.context = context;
  }

  static ScrapeContext context(
      ScrapeSettings settings,
      TenantId tenant,
      TelemetrySink<SeriesBatch> sink,
      Clock clock,
      Timers timers,
      Executor scrapes,
      PlatformMetrics metrics) {
    ScrapeMetrics own = new ScrapeMetrics(metrics);
    return new ScrapeContext(
        clock,
        timers,
        scrapes,
        new SampleOutlet(tenant, sink, own),
        own,
        settings.bodySizeMaxBytes(),
        settings.samples());
  }

  /**
   * Scrapes exactly {@code jobs} from now on. Jobs that are as before go on undisturbed. Returns
   * when scrapes of replaced and removed jobs have ended, at the latest after their timeout.
   *
   * @param jobs with names that are unique
   * @param externalLabels of the configuration; they only spread scrapes of several servers
   * @throws ScrapeException where a job's certificates cannot be read; then everything is as before
   */
  public synchronized void apply(List<ScrapeJob> jobs, Labels externalLabels)
      throws ScrapeException, InterruptedException {
    if (closed) {
      throw new IllegalStateException("scraping has ended");
    }
    long seed = Target.seed(settings.hostname(), externalLabels);
    List<ScrapeJob> changed = jobs.stream().filter(job -> !isRunning(job)).toList();
    List<ScrapeClient> newClients = clients(changed);
    Set<String> names = jobs.stream().map(ScrapeJob::name).collect(Collectors.toSet());
    for (Map.Entry<String, ScrapePool> pool : List.copyOf(pools.entrySet())) {
      if (!names.contains(pool.getKey())) {
        pools.remove(pool.getKey());
        pool.getValue().remove();
      }
    }
    for (int i = 0; i < changed.size(); i++) {
      ScrapePool pool =
          pools.computeIfAbsent(changed.get(i).name(), name -> new ScrapePool(context));
      pool.apply(changed.get(i), newClients.get(i), seed);
    }
    this.jobs = List.copyOf(jobs);
  }

  /** The jobs that are scraped, as they were given. */
  public List<ScrapeJob> jobs() {
    return jobs;
  }

  /** All targets as they are now. */
  public Targets targets() {
    List<ActiveTarget> active = new ArrayList<>();
    List<DroppedTarget> dropped = new ArrayList<>();
    Map<String, Integer> droppedCounts = new HashMap<>();
    List<String> failures = new ArrayList<>();
    pools.forEach((name, pool) -> {
      pool.views().stream()
          .sorted(Comparator.comparing(ActiveTarget::scrapeUrl))
          .forEach(active::add);
      TargetBuilder.Built built = pool.built();
      if (built != null) {
        built.dropped().forEach(labels -> dropped.add(new DroppedTarget(name, labels)));
        droppedCounts.put(name, built.droppedCount());
        failures.addAll(built.failures());
      }
    });
    return new Targets(active, dropped, droppedCounts, failures);
  }

  @Override
  public synchronized void close() {
    closed = true;
    pools.values().forEach(ScrapePool::abort);
    pools.clear();
  }

  private boolean isRunning(ScrapeJob job) {
    ScrapePool pool = pools.get(job.name());
    return pool != null && pool.hasJob(job);
  }

  /** A client for each job, or none at all. */
  private List<ScrapeClient> clients(List<ScrapeJob> jobs) throws ScrapeException {
    List<ScrapeClient> made = new ArrayList<>();
    for (ScrapeJob job : jobs) {
      try {
        made.add(clients.client(job));
      } catch (ScrapeException e) {
        made.forEach(ScrapeClient::close);
        throw new ScrapeException("job '" + job.name() + "': " + e.getMessage(), e);
      }
    }
    return made;
  }
}
