package io.ghostworks.server.wholetraces;

import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.record.TraceKey;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * A document with traces, while it is written: {@link #begin}, for each trace {@link #beginTrace},
 * its spans and {@link #endTrace}, then {@link #end}. Used by one thread at a time.
 */
public interface TraceForm {

  /** How many spans it takes at a time. */
  default int spansMax() {
    return 64;
  }

  void begin(OutputStream out) throws IOException;

  /** Begins a trace that has spans. */
  void beginTrace(TraceKey id) throws IOException;

  /**
   * Writes some of its spans.
   *
   * @param from inclusive
   * @param to exclusive
   */
  void spans(SpanBatch batch, int from, int to) throws IOException;

  void endTrace() throws IOException;

  /**
   * Ends the document and flushes it.
   *
   * @param missing the traces that were asked for and have no spans
   */
  void end(List<TraceKey> missing) throws IOException;
}
