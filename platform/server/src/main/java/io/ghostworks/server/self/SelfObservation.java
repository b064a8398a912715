package io.ghostworks.server.self;

import ch.qos.logback.classic.LoggerContext;
import io.ghostworks.model.TelemetrySink;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.runtime.time.Timers;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the platform's own telemetry, and the host's metrics, into the stores, as the operator's
 * tenant: metrics every 15 seconds, log lines and spans every second. What a store refuses is gone;
 * the next reading comes anyway.
 */
public final class SelfObservation implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(SelfObservation.class);
  private static final Duration METRICS_PERIOD = Duration.ofSeconds(15);
  private static final Duration RECORDS_PERIOD = Duration.ofSeconds(1);

  private final TenantId tenant;
  private final Clock clock;
  private final Timers timers;
  private final SelfMetrics metrics;
  private final SelfTraces traces;
  private final SelfLog selfLog;
  private final String instance;
  private final Sinks sinks;
  private final java.util.List<Timers.Timer> running = new java.util.ArrayList<>();

  /** Reading the host calls native code, which would pin a virtual thread's carrier. */
  private final ExecutorService hostThread =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          Thread.ofPlatform().daemon().name("host-metrics").factory(),
          new ThreadPoolExecutor.DiscardPolicy()); // The reading before still runs: leave one out.

  /** The stores. */
  public record Sinks(
      TelemetrySink<SeriesBatch> series,
      TelemetrySink<LogBatch> logs,
      TelemetrySink<SpanBatch> spans) {}

  public SelfObservation(
      TenantId tenant,
      Clock clock,
      Timers timers,
      SelfMetrics metrics,
      SelfTraces traces,
      String instance,
      Sinks sinks) {
    this.tenant = tenant;
    this.clock = clock;
    this.timers = timers;
    this.metrics = metrics;
    this.traces = traces;
    this.instance = instance;
    this.sinks = sinks;
    this.selfLog = new SelfLog(instance);
  }

  /**
   * Starts reading; the host is asked for the first time on another thread, as that takes a while.
   */
  public void start() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    selfLog.setContext(context);
    selfLog.setName("store");
    selfLog.start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(selfLog);
    running.add(timers.every(Duration.ofSeconds(1), METRICS_PERIOD, this::sendMetrics));
    running.add(timers.every(RECORDS_PERIOD, RECORDS_PERIOD, this::sendRecords));
    HostReader host = new HostReader();
    running.add(
        timers.every(Duration.ofSeconds(2), METRICS_PERIOD, () -> hostThread.execute(host::send)));
  }

  private void sendMetrics() {
    offer(sinks.series(), metrics.read(clock.epochMs()));
  }

  private void sendRecords() {
    selfLog.take().ifPresent(batch -> offer(sinks.logs(), batch));
    traces.take().ifPresent(batch -> offer(sinks.spans(), batch));
  }

  private <B> void offer(TelemetrySink<B> sink, B batch) {
    var _ =
        sink.offer(tenant, batch)
            .exceptionally(failure -> {
              log.debug("own telemetry was refused", failure);
              return io.ghostworks.model.Acknowledgement.accepted(0);
            });
  }

  @Override
  public void close() {
    running.forEach(Timers.Timer::cancel);
    hostThread.shutdown();
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.getLogger(Logger.ROOT_LOGGER_NAME).detachAppender(selfLog);
    selfLog.stop();
  }

  /** Opens the host's counters when they are first read. */
  private final class HostReader {
    private @org.jspecify.annotations.Nullable HostMetrics host;

    private synchronized void send() {
      HostMetrics reading = host;
      if (reading == null) {
        reading = new HostMetrics(instance);
        host = reading;
      }
      offer(sinks.series(), reading.read(clock.epochMs()));
    }
  }
}
