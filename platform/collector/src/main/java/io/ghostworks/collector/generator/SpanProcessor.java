package io.ghostworks.collector.generator;

import io.ghostworks.model.record.SpanBatch;

/** Counts single spans. Not thread-safe. */
sealed interface SpanProcessor permits SpanMetricsProcessor, SpanMetricsConnector {

  /** Counts the spans of a batch; returns how many. */
  int push(SpanBatch batch, SpanWindow window, Weigher weigher, long nowMs);

  /** Forgets resources that were not seen since a time, as their metrics have ended. */
  default void expire(long seenBeforeMs) {}
}
