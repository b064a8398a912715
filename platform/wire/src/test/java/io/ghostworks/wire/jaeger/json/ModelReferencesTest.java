package io.ghostworks.wire.jaeger.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.SpanBatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ModelReferencesTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static SpanBatch follower() {
    String trace =
        """
        {"traceID":"7","spans":[{"traceID":"7","spanID":"2","operationName":"b","startTime":1,"duration":1,
          "references":[{"refType":"FOLLOWS_FROM","traceID":"7","spanID":"1"},
                        {"refType":"CHILD_OF","traceID":"9","spanID":"3"}],
          "processID":"p1"}],"processes":{"p1":{"serviceName":"s"}}}
        """;
    byte[] content = trace.getBytes(StandardCharsets.UTF_8);
    return JaegerJson.read(content, 0, content.length).batch();
  }

  private static JsonNode span(SpanBatch batch, boolean raw) throws IOException {
    return MAPPER.readTree(JaegerJson.write(batch, raw)).at("/data/0/spans/0");
  }

  @Test
  void aParentThatIsFollowedIsOneReference() throws IOException {
    SpanBatch batch = follower();
    assertThat(batch.parentSpanId(0)).isEqualTo(1);
    assertThat(span(batch, false).get("references").toString())
        .isEqualTo(
            "[{\"refType\":\"FOLLOWS_FROM\",\"traceID\":\"0000000000000007\",\"spanID\":\"0000000000000001\"},"
                + "{\"refType\":\"CHILD_OF\",\"traceID\":\"0000000000000009\",\"spanID\":\"0000000000000003\"}]");
  }

  @Test
  void linksThatLeadNowhereAreLeftOutWithAWarning() throws IOException {
    SpanBatch batch = new SpanBatch();
    int resource = batch.resources().end(ByteArena.EMPTY, 0);
    int scope = batch.scopes().end(ByteArena.EMPTY, ByteArena.EMPTY, ByteArena.EMPTY, 0);
    batch.links().end(0, 0, 0, ByteArena.EMPTY, 0, 0);
    batch.endRow(
        resource,
        scope,
        0,
        7,
        2,
        0,
        ByteArena.EMPTY,
        0,
        ByteArena.EMPTY,
        1,
        1,
        2,
        0,
        ByteArena.EMPTY,
        0,
        0,
        0);
    JsonNode shown = span(batch, false);
    assertThat(shown.get("references")).isEmpty();
    assertThat(shown.get("warnings").toString()).isEqualTo("[\"Invalid span link removed\"]");
    assertThat(span(batch, true).get("references")).hasSize(1);
  }
}
