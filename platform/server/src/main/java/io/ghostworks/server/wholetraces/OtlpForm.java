package io.ghostworks.server.wholetraces;

import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.wire.otlp.OtlpEncoder;
import io.ghostworks.wire.otlp.OtlpEncoding;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Traces as OTLP's JSON between what stands before and after its list of resources. A resource
 * comes once for each thousand spans.
 */
public final class OtlpForm implements TraceForm {

  private static final int SPANS_MAX = 1_000;
  private static final String LIST = "{\"resourceSpans\":[";
  private static final String LIST_END = "]}";

  private final String before;
  private final String after;
  private OutputStream out = OutputStream.nullOutputStream();
  private boolean any;

  public OtlpForm(String before, String after) {
    this.before = before;
    this.after = after;
  }

  /** {@code TracesData}. */
  public static OtlpForm document() {
    return new OtlpForm(LIST, LIST_END);
  }

  @Override
  public int spansMax() {
    return SPANS_MAX;
  }

  @Override
  public void begin(OutputStream stream) throws IOException {
    out = stream;
    write(before);
  }

  @Override
  public void beginTrace(TraceKey id) {}

  @Override
  public void spans(SpanBatch batch, int from, int to) throws IOException {
    byte[] json = OtlpEncoder.traces(OtlpEncoding.JSON, batch, from, to);
    if (any) {
      out.write(',');
    }
    any = true;
    int length = json.length - LIST.length() - LIST_END.length();
    out.write(json, LIST.length(), length);
  }

  @Override
  public void endTrace() {}

  @Override
  public void end(List<TraceKey> missing) throws IOException {
    write(after);
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
