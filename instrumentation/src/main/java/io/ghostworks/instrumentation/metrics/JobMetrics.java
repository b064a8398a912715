package io.ghostworks.instrumentation.metrics;

import io.opentelemetry.context.Context;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Collection;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * The metrics of a queue of jobs and of the workers that take them. Durations are in seconds.
 * Thread-safe.
 */
public final class JobMetrics {
  private static final double[] BUCKETS_SECONDS = {
    .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 300
  };
  private static final int JOBS_MAX = 50;
  private static final String SUCCESS = "success";
  private static final String FAILURE = "failure";

  private final PrometheusRegistry registry;
  private final Counter enqueued;
  private final Counter processed;
  private final Histogram duration;
  private final Histogram wait;
  private final Gauge running;
  private final LabelGuard jobs;
  private final Callbacks callbacks;

  public JobMetrics(PrometheusRegistry registry, LabelGuards guards, Callbacks callbacks) {
    this.registry = registry;
    this.enqueued =
        Counter.builder()
            .name("jobs_enqueued_total")
            .help("Jobs put into the queue")
            .labelNames("job_name")
            .register(registry);
    this.processed =
        Counter.builder()
            .name("jobs_processed_total")
            .help("Runs of jobs by outcome (success, failure)")
            .labelNames("job_name", "outcome")
            .register(registry);
    this.duration =
        Histogram.builder()
            .name("job_duration_seconds")
            .help("Duration of runs of jobs")
            .labelNames("job_name")
            .classicOnly()
            .classicUpperBounds(BUCKETS_SECONDS)
            .register(registry);
    this.wait =
        Histogram.builder()
            .name("job_wait_seconds")
            .help("Time of jobs in the queue, from due to taken")
            .labelNames("job_name")
            .classicOnly()
            .classicUpperBounds(BUCKETS_SECONDS)
            .register(registry);
    this.running =
        Gauge.builder().name("jobs_running").help("Jobs being run now").register(registry);
    this.jobs = guards.guard("job_name", JOBS_MAX);
    this.callbacks = callbacks;
  }

  /**
   * How a queue stands: jobs that are due and not taken, and the age of the oldest of them in
   * seconds (0 without).
   */
  public record QueueState(long depth, double oldestAgeSeconds) {}

  /** Shows depth and age of queues by name; they are asked for at every scrape. */
  public void watchQueues(Supplier<Map<String, QueueState>> queues) {
    queueGauge(
        "queue_depth",
        "Jobs that are due and not yet taken by a worker",
        queues,
        QueueState::depth);
    queueGauge(
        "queue_oldest_age_seconds",
        "How long the oldest due job has been waiting",
        queues,
        QueueState::oldestAgeSeconds);
  }

  private void queueGauge(
      String name,
      String help,
      Supplier<Map<String, QueueState>> queues,
      ToDoubleFunction<QueueState> value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames("queue")
        .callback(callback ->
            callbacks.ask(
                name,
                () ->
                    queues
                        .get()
                        .forEach((queue, state) ->
                            callback.call(value.applyAsDouble(state), jobs.admit(queue)))))
        .register(registry);
  }

  /** Shows how many jobs this worker can run at once. */
  public void threadsMax(int threads) {
    Gauge.builder()
        .name("worker_threads_max")
        .help("Jobs that the worker can run at once")
        .register(registry)
        .set(threads);
  }

  /** Shows 0 for the jobs that this process puts into the queue, before the first one. */
  public void expectEnqueued(Collection<String> jobNames) {
    jobNames.forEach(job -> enqueued.initLabelValues(jobs.admit(job)));
  }

  /** Shows 0 for the jobs that this process runs, before the first one. */
  public void expectProcessed(Collection<String> jobNames) {
    for (String job : jobNames) {
      String name = jobs.admit(job);
      processed.initLabelValues(name, SUCCESS);
      processed.initLabelValues(name, FAILURE);
      duration.initLabelValues(name);
      wait.initLabelValues(name);
    }
  }

  public void enqueued(String job) {
    enqueued.labelValues(jobs.admit(job)).inc();
  }

  public void started(String job, double waitedSeconds) {
    running.inc();
    wait.labelValues(jobs.admit(job)).observe(Math.max(0, waitedSeconds));
  }

  public void ended(Context context, String job, double seconds, boolean failed) {
    running.dec();
    String name = jobs.admit(job);
    Exemplars.observe(duration.labelValues(name), seconds, context);
    processed.labelValues(name, failed ? FAILURE : SUCCESS).inc();
  }
}
