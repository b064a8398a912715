package io.ghostworks.query.record;

import io.ghostworks.model.record.SpanBatch;
import org.jspecify.annotations.Nullable;

/**
 * The spans of one trace, piece by piece, so that a large trace is never held whole. Over all
 * pieces they come by start, equal starts by span id; spans that share both are in one piece. Used
 * by one thread at a time.
 */
public interface TraceCursor extends AutoCloseable {

  /** A trace that is there as one piece; closing runs nothing. */
  static TraceCursor of(SpanBatch trace) {
    return new TraceCursor() {
      private @Nullable SpanBatch rest = trace.rows() == 0 ? null : trace;

      @Override
      public @Nullable SpanBatch next() {
        SpanBatch next = rest;
        rest = null;
        return next;
      }

      @Override
      public void close() {}
    };
  }

  /**
   * The next piece, which has at least one span; null behind the last one. It is reserved until the
   * next call or the end, and is not to be used after that.
   */
  @Nullable SpanBatch next();

  /** Once or more often; what was given last is gone then. */
  @Override
  void close();
}
