package io.ghostworks.server.wholetraces;

import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.server.http.AnswerStream;
import io.ghostworks.server.http.RequestException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Traces as a body that is written while they are read. */
public final class TraceBody implements AnswerStream {

  private final TraceWalk walk;
  private final TraceForm form;
  private final @Nullable Supplier<RequestException> none;
  private boolean begun;
  private boolean inTrace;

  /**
   * @param ids of the traces, in the order in which they are given
   * @param none what is thrown if none of them has a span; null where that is an answer, too
   */
  public TraceBody(
      RecordSource records,
      QueryContext context,
      List<TraceKey> ids,
      TraceForm form,
      @Nullable Supplier<RequestException> none) {
    this.walk = new TraceWalk(records, context, ids, form.spansMax());
    this.form = form;
    this.none = none;
  }

  @Override
  public boolean write(OutputStream out) throws IOException {
    boolean more = walk.next();
    if (!more && !begun && none != null) {
      throw none.get();
    }
    if (!begun) {
      begun = true;
      form.begin(out);
    }
    if (inTrace && (!more || walk.isFirst())) {
      form.endTrace();
      inTrace = false;
    }
    if (!more) {
      form.end(walk.missing());
      return false;
    }
    if (walk.isFirst()) {
      form.beginTrace(walk.id());
      inTrace = true;
    }
    form.spans(walk.spans(), walk.from(), walk.to());
    return true;
  }

  @Override
  public void close() {
    walk.close();
  }
}
