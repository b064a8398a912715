package io.ghostworks.server.jaeger;

import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.server.grpc.GrpcStream;
import io.ghostworks.server.grpc.MessageSource;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.wholetraces.TraceWalk;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Traces as messages that are made when the client takes them. Used by one thread at a time. */
final class TraceMessages implements MessageSource {

  private final TraceWalk walk;
  private final Form form;
  private boolean waiting;

  /** Writes the spans to which a walk has turned. */
  @FunctionalInterface
  interface Form {
    byte[] message(TraceWalk walk);
  }

  TraceMessages(
      RecordSource records, QueryContext context, List<TraceKey> keys, int spansMax, Form form) {
    this.walk = new TraceWalk(records, context, keys, spansMax);
    this.form = form;
  }

  /**
   * @throws RequestException if none of the traces has a span
   */
  void checkThere() {
    waiting = walk.next();
    if (!waiting) {
      throw new RequestException(404, GrpcStream.NOT_FOUND, "trace not found");
    }
  }

  @Override
  public byte @Nullable [] next() {
    boolean more = waiting || walk.next();
    waiting = false;
    return more ? form.message(walk) : null;
  }

  @Override
  public void close() {
    walk.close();
  }
}
