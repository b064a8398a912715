package io.ghostworks.wire.tracefile;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.record.SpanBatch;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceFileTest {

  private static final String RESOURCES =
      """
      [{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}]},
        "instrumentationLibrarySpans":[{"instrumentationLibrary":{"name":"lib"},"spans":[
          {"traceId":"Gis8TV5vcIGSo7TF1uf4Aw==","spanId":"AAAAAAAAAgM=","parentSpanId":"AAAAAAAAAQM=",
           "name":"reserve","kind":"SPAN_KIND_CLIENT","startTimeUnixNano":"1000","endTimeUnixNano":"3000",
           "attributes":[{"key":"spanId","value":{"stringValue":"AAAAAAAAAgM="}}],
           "links":[{"traceId":"Gis8TV5vcIGSo7TF1uf4Aw==","spanId":"AAAAAAAAAQM="}],
           "status":{"code":"STATUS_CODE_ERROR"}}]}]}]
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"batches\":%s}",
        "{\"metrics\":{\"a\":[{}]},\"trace\":{\"resourceSpans\":%s},\"status\":\"COMPLETE\"}",
        "{\"trace\":{\"batches\":%s}}"
      })
  void answersOfTemposApiAreTraces(String form) {
    byte[] content = form.formatted(RESOURCES).getBytes(StandardCharsets.UTF_8);
    TraceFile file = TraceFile.read(content, 0);
    assertThat(file.format()).isEqualTo(TraceFormat.OTLP);
    SpanBatch spans = file.spans().batch();
    assertThat(spans.rows()).isEqualTo(1);
    assertThat(spans.traceIdHigh(0)).isEqualTo(0x1a2b3c4d5e6f7081L);
    assertThat(spans.spanId(0)).isEqualTo(0x203);
    assertThat(spans.parentSpanId(0)).isEqualTo(0x103);
    assertThat(spans.kind(0)).isEqualTo((byte) 3);
    assertThat(spans.statusCode(0)).isEqualTo((byte) 2);
    assertThat(spans.links().spanId(0)).isEqualTo(0x103);
    assertThat(spans.attributes().findString(0, "spanId")).isEqualTo("AAAAAAAAAgM=");
    assertThat(spans.resources().attributes().findString(spans.resource(0), "service.name"))
        .isEqualTo("shop");
  }

  @Test
  void hexadecimalIdsInAnAnswerStayWhatTheyAre() {
    byte[] content =
        """
        {"trace":{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"%032x","spanId":"%016x"}]}]}]}}
        """
            .formatted(7, 8)
            .getBytes(StandardCharsets.UTF_8);
    SpanBatch spans = TraceFile.read(content, 0).spans().batch();
    assertThat(spans.traceIdLow(0)).isEqualTo(7);
    assertThat(spans.spanId(0)).isEqualTo(8);
  }
}
