package io.ghostworks.server.traces;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ghostworks.model.record.SpanBatch;
import java.io.IOException;
import java.util.HexFormat;

/** By what answers name a span. */
final class SpanJson {
  private final SpanBatch spans;

  SpanJson(SpanBatch spans) {
    this.spans = spans;
  }

  void fields(JsonGenerator json, int row) throws IOException {
    String service = spans.resources().attributes().findString(spans.resource(row), "service.name");
    json.writeStringField("spanId", HexFormat.of().toHexDigits(spans.spanId(row)));
    json.writeStringField("service", service == null ? "" : service);
    json.writeStringField("name", spans.arena().text(spans.name(row)));
  }
}
