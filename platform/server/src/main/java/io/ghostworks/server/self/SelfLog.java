package io.ghostworks.server.self;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.LogBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.LongAdder;

/**
 * The platform's own log on its way into the store, beside standard error. Bounded: what does not
 * fit is counted, and dropped.
 */
public final class SelfLog extends AppenderBase<ILoggingEvent> {

  private static final int WAITING_MAX = 4_096;
  private static final long NANOS_PER_MS = 1_000_000L;

  private final ArrayBlockingQueue<ILoggingEvent> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
  private final LongAdder dropped = new LongAdder();
  private final String instance;

  public SelfLog(String instance) {
    this.instance = instance;
  }

  @Override
  protected void append(ILoggingEvent event) {
    event.prepareForDeferredProcessing();
    if (!waiting.offer(event)) {
      dropped.increment();
    }
  }

  /** Lines that were dropped because too many waited. */
  public long dropped() {
    return dropped.sum();
  }

  /** Takes the lines that wait; nothing if there are none. */
  public Optional<LogBatch> take() {
    List<ILoggingEvent> events = new ArrayList<>();
    waiting.drainTo(events);
    if (events.isEmpty()) {
      return Optional.empty();
    }
    LogBatch batch = new LogBatch();
    batch.resources().attributes().add("service.name", "ghostworks");
    batch.resources().attributes().add("service.instance.id", instance);
    int resource = batch.resources().end(ByteArena.EMPTY, 0);
    int stream = batch.streams().add(Labels.of("service_name", "ghostworks"));
    for (ILoggingEvent event : events) {
      add(batch, resource, stream, event);
    }
    return Optional.of(batch);
  }

  private static void add(LogBatch batch, int resource, int stream, ILoggingEvent event) {
    String logger = event.getLoggerName();
    int scope =
        batch.scopes().end(batch.arena().append(logger), ByteArena.EMPTY, ByteArena.EMPTY, 0);
    batch.body().addString(event.getFormattedMessage());
    batch.attributes().add("thread.name", event.getThreadName());
    if (event.getThrowableProxy() != null) {
      batch.attributes().add("exception.type", event.getThrowableProxy().getClassName());
      batch
          .attributes()
          .add("exception.stacktrace", ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
    long time =
        event.getTimeStamp() * NANOS_PER_MS
            + Math.floorMod(event.getNanoseconds(), (int) NANOS_PER_MS);
    batch.endRow(
        resource,
        scope,
        stream,
        time,
        time,
        severity(event.getLevel()),
        batch.arena().append(event.getLevel().toString()),
        ByteArena.EMPTY,
        0,
        0,
        0,
        0,
        0);
  }

  private static int severity(Level level) {
    return switch (level.toInt()) {
      case Level.TRACE_INT -> 1;
      case Level.DEBUG_INT -> 5;
      case Level.WARN_INT -> 13;
      case Level.ERROR_INT -> 17;
      default -> 9;
    };
  }
}
