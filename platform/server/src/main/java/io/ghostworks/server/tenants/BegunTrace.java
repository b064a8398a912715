package io.ghostworks.server.tenants;

import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.record.TraceCursor;
import org.jspecify.annotations.Nullable;

/** A trace whose first piece was read to see whether there is one. */
final class BegunTrace implements TraceCursor {

  private final TraceCursor rest;
  private @Nullable SpanBatch first;

  BegunTrace(SpanBatch first, TraceCursor rest) {
    this.first = first;
    this.rest = rest;
  }

  @Override
  public @Nullable SpanBatch next() {
    SpanBatch next = first;
    first = null;
    return next == null ? rest.next() : next;
  }

  @Override
  public void close() {
    rest.close();
  }
}
