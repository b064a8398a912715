package io.ghostworks.server.self;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.SpanBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Spans of the platform's own work, waiting to be stored. Bounded: what does not fit is counted,
 * and dropped.
 */
public final class SelfTraces {

  private static final int WAITING_MAX = 4_096;
  private static final int KIND_SERVER = 2;
  private static final int STATUS_ERROR = 2;
  private static final Pattern TRACE_PARENT =
      Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}");

  private final ArrayBlockingQueue<Finished> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
  private final LongAdder dropped = new LongAdder();
  private final LongSupplier random;
  private final String instance;

  /**
   * @param random gives ids
   */
  public SelfTraces(LongSupplier random, String instance) {
    this.random = random;
    this.instance = instance;
  }

  private record Finished(
      long traceHigh,
      long traceLow,
      long parent,
      long id,
      String method,
      String route,
      int status,
      long startNanos,
      long endNanos) {}

  void request(
      String method,
      String route,
      int status,
      long startNanos,
      long durationNanos,
      @Nullable String traceParent) {
    long traceHigh = random.getAsLong();
    long traceLow = random.getAsLong() | 1;
    long parent = 0;
    if (traceParent != null) {
      Matcher matcher = TRACE_PARENT.matcher(traceParent);
      if (matcher.matches()) {
        traceHigh = Long.parseUnsignedLong(matcher.group(1), 0, 16, 16);
        traceLow = Long.parseUnsignedLong(matcher.group(1), 16, 32, 16);
        parent = Long.parseUnsignedLong(matcher.group(2), 16);
      }
    }
    Finished finished =
        new Finished(
            traceHigh,
            traceLow,
            parent,
            random.getAsLong() | 1,
            method,
            route,
            status,
            startNanos,
            startNanos + durationNanos);
    if (!waiting.offer(finished)) {
      dropped.increment();
    }
  }

  /** Spans that were dropped because too many waited. */
  public long dropped() {
    return dropped.sum();
  }

  /** Takes the spans that wait; nothing if there are none. */
  public Optional<SpanBatch> take() {
    List<Finished> spans = new ArrayList<>();
    waiting.drainTo(spans);
    if (spans.isEmpty()) {
      return Optional.empty();
    }
    SpanBatch batch = new SpanBatch();
    batch.resources().attributes().add("service.name", "ghostworks");
    batch.resources().attributes().add("service.instance.id", instance);
    int resource = batch.resources().end(ByteArena.EMPTY, 0);
    int scope =
        batch
            .scopes()
            .end(batch.arena().append("ghostworks.server"), ByteArena.EMPTY, ByteArena.EMPTY, 0);
    for (Finished span : spans) {
      batch.attributes().add("http.request.method", span.method());
      batch.attributes().add("http.route", span.route());
      batch.attributes().add("http.response.status_code", span.status());
      batch.endRow(
          resource,
          scope,
          span.traceHigh(),
          span.traceLow(),
          span.id(),
          span.parent(),
          ByteArena.EMPTY,
          1,
          batch.arena().append(span.method() + " " + span.route()),
          KIND_SERVER,
          span.startNanos(),
          span.endNanos(),
          span.status() >= 500 ? STATUS_ERROR : 0,
          ByteArena.EMPTY,
          0,
          0,
          0);
    }
    return Optional.of(batch);
  }
}
