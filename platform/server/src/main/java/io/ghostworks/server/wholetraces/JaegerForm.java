package io.ghostworks.server.wholetraces;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.wire.jaeger.json.TraceAdjustment;
import io.ghostworks.wire.jaeger.json.UiTraceWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Traces as version 1 of Jaeger's query API gives them. */
public final class JaegerForm implements TraceForm {

  private static final JsonFactory FACTORY = new JsonFactory();
  private static final DefaultPrettyPrinter PRETTY =
      new DefaultPrettyPrinter()
          .withObjectIndenter(new DefaultIndenter("    ", "\n"))
          .withArrayIndenter(new DefaultIndenter("    ", "\n"));

  private final AdjustedTraces adjusted;
  private final boolean pretty;
  private final Errors errors;
  private @Nullable JsonGenerator json;
  private @Nullable UiTraceWriter writer;

  /** Writes the value of {@code errors}. */
  @FunctionalInterface
  public interface Errors {
    void write(List<TraceKey> missing, JsonGenerator json) throws IOException;
  }

  /**
   * @param raw whether traces are given as they are stored
   */
  public JaegerForm(
      RecordSource records, QueryContext context, boolean raw, boolean pretty, Errors errors) {
    this.adjusted = new AdjustedTraces(records, context, raw);
    this.pretty = pretty;
    this.errors = errors;
  }

  /** Makes what writes JSON, in Jaeger's layout where it is to be read by a person. */
  public static JsonGenerator generator(OutputStream out, boolean pretty) throws IOException {
    JsonGenerator json = FACTORY.createGenerator(out);
    if (pretty) {
      json.setPrettyPrinter(PRETTY.createInstance());
    }
    return json;
  }

  @Override
  public void begin(OutputStream out) throws IOException {
    json = generator(out, pretty);
    json().writeStartObject();
    json().writeArrayFieldStart("data");
  }

  @Override
  public void beginTrace(TraceKey id) throws IOException {
    TraceAdjustment adjustment = adjusted.read(id);
    writer = new UiTraceWriter(adjustment, json(), adjusted::hold);
    writer().begin(id.high(), id.low());
  }

  @Override
  public void spans(SpanBatch batch, int from, int to) throws IOException {
    for (int row = from; row < to; row++) {
      writer().span(batch, row);
    }
    json().flush();
  }

  @Override
  public void endTrace() throws IOException {
    writer().end();
    writer = null;
    adjusted.release();
  }

  @Override
  public void end(List<TraceKey> missing) throws IOException {
    json().writeEndArray();
    json().writeNumberField("total", 0);
    json().writeNumberField("limit", 0);
    json().writeNumberField("offset", 0);
    json().writeFieldName("errors");
    errors.write(missing, json());
    json().writeEndObject();
    json().flush();
  }

  private JsonGenerator json() {
    if (json == null) {
      throw new IllegalStateException("the document has not begun");
    }
    return json;
  }

  private UiTraceWriter writer() {
    if (writer == null) {
      throw new IllegalStateException("the trace has not begun");
    }
    return writer;
  }
}
