package io.ghostworks.server.loki;

import io.ghostworks.logql.LogAnswer;
import io.ghostworks.logql.LogEngine;
import io.ghostworks.model.TenantId;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.RecordArrivals;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.runtime.time.Clock;
import java.time.Duration;

/**
 * What a tail is asked for.
 *
 * @param startNanos from when on stored lines are wanted
 * @param limit how many of the stored lines
 * @param delay how long a line waits for earlier ones that come late
 * @param form of the messages
 */
record TailRequest(
    TenantId tenant, String query, long startNanos, int limit, Duration delay, TailForm form) {

  /** How a tail ends that has run as long as one may. */
  static final String OVER = "reached tail max duration limit";

  private static final Duration DURATION_MAX = Duration.ofHours(1);

  /** A piece of what the tail reads. */
  record Part(long startNanos, long endNanos, int limit, LogEngine.Direction direction) {}

  Duration durationMax() {
    return DURATION_MAX;
  }

  boolean categorized() {
    return form == TailForm.CATEGORIZED;
  }

  /** The newest lines that are stored. */
  Part history(Clock clock) {
    return new Part(startNanos, clock.epochNanos() + 1, limit, LogEngine.Direction.BACKWARD);
  }

  /** All lines of what has arrived. */
  Part all(RecordArrivals.Arrived rows) {
    return new Part(
        rows.minTimeNanos(), rows.maxTimeNanos() + 1, rows.rows(), LogEngine.Direction.FORWARD);
  }

  LogAnswer lines(Part part, QueryContext context, RecordSource records) {
    return LogEngine.query(
        query,
        part.startNanos(),
        part.endNanos(),
        part.limit(),
        part.direction(),
        context,
        records);
  }

  byte[] written(TailBuffer.Message message) {
    return form.written(message);
  }
}
