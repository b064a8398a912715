package io.ghostworks.wire.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.Rejection;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OtlpResponsesTest {
  private static final List<Rejection> REJECTIONS =
      List.of(
          new Rejection(Rejection.Reason.INVALID_ROW, 2, "trace_id must have 16 bytes, got 0"),
          new Rejection(Rejection.Reason.TOO_OLD, 1, "x"));

  @Test
  void carryAPartialSuccessWhereRowsWereRefused() throws Exception {
    ExportTraceServiceResponse response =
        ExportTraceServiceResponse.parseFrom(
            OtlpResponses.success(OtlpEncoding.PROTOBUF, OtlpResponses.Signal.TRACES, REJECTIONS));
    assertThat(response.getPartialSuccess().getRejectedSpans()).isEqualTo(3);
    assertThat(response.getPartialSuccess().getErrorMessage())
        .isEqualTo("2 invalid_row: trace_id must have 16 bytes, got 0; 1 too_old: x");
    assertThat(
            text(OtlpResponses.success(OtlpEncoding.JSON, OtlpResponses.Signal.LOGS, REJECTIONS)))
        .startsWith(
            "{\"partialSuccess\":{\"rejectedLogRecords\":\"3\",\"errorMessage\":\"2 invalid_row");
  }

  @Test
  void areEmptyWhereAllWasAccepted() {
    assertThat(
            OtlpResponses.success(OtlpEncoding.PROTOBUF, OtlpResponses.Signal.METRICS, List.of()))
        .isEmpty();
    assertThat(
            text(OtlpResponses.success(OtlpEncoding.JSON, OtlpResponses.Signal.METRICS, List.of())))
        .isEqualTo("{}");
  }

  @Test
  void describeErrorsWithAndWithoutRetryInfo() {
    assertThat(text(OtlpResponses.status(OtlpEncoding.JSON, 3, "bad", null)))
        .isEqualTo("{\"code\":3,\"message\":\"bad\"}");
    assertThat(text(OtlpResponses.status(OtlpEncoding.JSON, 14, "full", Duration.ofMillis(1500))))
        .isEqualTo(
            "{\"code\":14,\"message\":\"full\",\"details\":[{\"@type\":"
                + "\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"1.5s\"}]}");
    assertThat(OtlpResponses.status(OtlpEncoding.PROTOBUF, 14, "full", Duration.ofSeconds(2)))
        .containsSequence((byte) 0x0a, (byte) 2, (byte) 0x08, (byte) 2);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
