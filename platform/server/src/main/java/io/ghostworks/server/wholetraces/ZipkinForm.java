package io.ghostworks.server.wholetraces;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.wire.zipkin.ClientIds;
import io.ghostworks.wire.zipkin.StoredSpans;
import io.ghostworks.wire.zipkin.ZipkinJson;
import io.ghostworks.wire.zipkin.ZipkinSpan;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Traces as Zipkin's version 2: the spans of one, or a list of such lists. */
public final class ZipkinForm implements TraceForm {

  private final AdjustedTraces adjusted;
  private final boolean many;
  private final UnaryOperator<ZipkinSpan> shown;
  private @Nullable JsonGenerator json;
  private ClientIds clients = new ClientIds();
  private SpanBatch batch = new SpanBatch();
  private StoredSpans stored = new StoredSpans(batch);

  /**
   * @param many whether the document is a list of traces
   * @param shown what is shown of a span
   */
  public ZipkinForm(
      RecordSource records, QueryContext context, boolean many, UnaryOperator<ZipkinSpan> shown) {
    this.adjusted = new AdjustedTraces(records, context, true);
    this.many = many;
    this.shown = shown;
  }

  @Override
  public void begin(OutputStream out) throws IOException {
    json = ZipkinJson.generator(out);
    if (many) {
      json().writeStartArray();
    }
  }

  @Override
  public void beginTrace(TraceKey id) throws IOException {
    clients = adjusted.clientIds(id);
    json().writeStartArray();
  }

  @Override
  public void spans(SpanBatch spans, int from, int to) throws IOException {
    if (batch != spans) {
      batch = spans;
      stored = new StoredSpans(spans, clients);
    }
    for (int row = from; row < to; row++) {
      ZipkinJson.write(json(), shown.apply(stored.span(row)));
    }
    json().flush();
  }

  @Override
  public void endTrace() throws IOException {
    json().writeEndArray();
    adjusted.release();
  }

  @Override
  public void end(List<TraceKey> missing) throws IOException {
    if (many) {
      json().writeEndArray();
    }
    json().flush();
  }

  private JsonGenerator json() {
    if (json == null) {
      throw new IllegalStateException("the document has not begun");
    }
    return json;
  }
}
