package io.ghostworks.wire.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.LogBatch;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordFieldsTest {
  private static final RecordFields FIELDS = new RecordFields(LogFieldOptions.DEFAULT);
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final long HIGH = 0x4bf92f3577b34da6L;
  private static final long LOW = 0xa3ce929d0e0e4736L;
  private static final long SPAN = 0x00f067aa0ba902b7L;

  private final LogBatch batch = new LogBatch();

  private void row(
      Labels stream, String line, int severity, String severityText, Map<String, ?> attributes) {
    if (batch.resources().size() == 0) {
      batch.resources().attributes().add("level_of_resource", "x");
      batch.resources().end(ByteArena.EMPTY, 0);
      batch.scopes().end(ByteArena.EMPTY, ByteArena.EMPTY, ByteArena.EMPTY, 0);
    }
    batch.body().addString(line);
    attributes.forEach((key, value) -> {
      if (value instanceof Long number) {
        batch.attributes().add(key, number);
      } else {
        batch.attributes().add(key, value.toString());
      }
    });
    batch.endRow(
        0,
        0,
        batch.streams().add(stream),
        1,
        0,
        severity,
        batch.arena().append(severityText),
        ByteArena.EMPTY,
        0,
        0,
        0,
        0,
        0);
  }

  private String level(int row) {
    return String.valueOf(batch.attributes().findString(row, "detected_level"));
  }

  @Test
  void takesLabelBeforeMetadataBeforeSeverityBeforeLine() {
    Labels plain = Labels.of("a", "b");
    row(Labels.of("a", "b", "level", "WARN"), "{\"level\":\"error\"}", 5, "", Map.of("lvl", "inf"));
    row(plain, "error", 9, "", Map.of("severity", "Dbg"));
    row(plain, "error", 9, "fatal", Map.of());
    row(plain, "error", 9, "", Map.of());
    row(plain, "an error", 0, "", Map.of());
    row(plain, "x", 0, "", Map.of("severity_number", "foo"));
    row(plain, "x", 0, "", Map.of("severity_number", "25"));
    row(plain, "error", 0, "", Map.of("level", "notice"));
    row(plain, "error", 0, "", Map.of("level", 30L));
    row(Labels.of("SeverityText", "debug"), "error", 13, "", Map.of());
    FIELDS.complete(batch);
    assertThat(List.of(level(0), level(1), level(2), level(3), level(4)))
        .containsExactly("warn", "debug", "fatal", "info", "error");
    assertThat(List.of(level(5), level(6), level(7), level(8), level(9)))
        .containsExactly("info", "unknown", "notice", "30", "debug");
  }

  @Test
  void normalisesALevelThatWasSentAndAddsNoOther() {
    row(Labels.of("level", "debug"), "error", 9, "", Map.of("detected_level", "WaRn", "x", "y"));
    row(Labels.of("a", "b"), "error", 9, "", Map.of("level", ""));
    FIELDS.complete(batch);
    AttributeColumns attributes = batch.attributes();
    assertThat(level(0)).isEqualTo("warn");
    assertThat(attributes.end(0) - attributes.start(0)).isEqualTo(2);
    assertThat(batch.flags(0)).isZero();
    assertThat(level(1)).isEqualTo("null");
    assertThat(attributes.end(1) - attributes.start(1)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "trace_id",
        "traceId",
        "traceID",
        "TraceId",
        "trace.id",
        "otelTraceID",
        "dd.trace_id",
        "X-B3-TraceId",
        "TRACE_ID"
      })
  void findsTraceIdsUnderTheNamesOfApplications(String name) {
    row(Labels.of("a", "b"), "x", 0, "", Map.of(name, TRACE));
    row(Labels.of("a", "b"), "{\"%s\": \"%s\"}".formatted(name, TRACE), 0, "", Map.of());
    row(Labels.of("a", "b"), "%s=%s msg=x".formatted(name, TRACE), 0, "", Map.of());
    row(Labels.of("a", "b"), "failed [%s: %s]".formatted(name, TRACE), 0, "", Map.of());
    FIELDS.complete(batch);
    for (int row = 0; row < 4; row++) {
      assertThat(batch.traceIdHigh(row)).as("row %d", row).isEqualTo(HIGH);
      assertThat(batch.traceIdLow(row)).isEqualTo(LOW);
      assertThat(batch.flags(row) & LogBatch.CONTEXT_FOUND).isNotZero();
    }
  }

  @Test
  void findsSpansShortIdsDecimalIdsAndTraceparent() {
    Labels stream = Labels.of("a", "b");
    row(stream, "trace_id=" + TRACE + " span_id=00f067aa0ba902b7", 0, "", Map.of());
    row(
        stream,
        "x",
        0,
        "",
        Map.of("dd.trace_id", "9223372036854775808", "dd.span_id", "1234567890123456789"));
    row(stream, "traceId=a3ce929d0e0e4736 end", 0, "", Map.of());
    row(stream, "{\"traceparent\":\"00-" + TRACE + "-00f067aa0ba902b7-01\"}", 0, "", Map.of());
    FIELDS.complete(batch);
    assertThat(batch.spanId(0)).isEqualTo(SPAN);
    assertThat(batch.traceIdLow(1)).isEqualTo(Long.MIN_VALUE);
    assertThat(batch.spanId(1)).isEqualTo(1234567890123456789L);
    assertThat(batch.traceIdHigh(2)).isZero();
    assertThat(batch.traceIdLow(2)).isEqualTo(LOW);
    assertThat(batch.traceIdHigh(3)).isEqualTo(HIGH);
    assertThat(batch.spanId(3)).isEqualTo(SPAN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "id=4bf92f3577b34da6a3ce929d0e0e4736",
        "trace_id=4bf92f3577b34da6a3ce929d0e0e4736f",
        "trace_id=4bf92f3577b34da6a3ce929d0e0e473",
        "trace_id=4bf92f3577b34da6a3ce929d0e0e4736x",
        "trace_id=00000000000000000000000000000000",
        "trace_id 4bf92f35-77b3",
        "4bf92f3577b34da6a3ce929d0e0e4736",
        "trace_id"
      })
  void leavesWhatIsNoTraceId(String line) {
    row(Labels.of("a", "b"), line, 0, "", Map.of());
    FIELDS.complete(batch);
    assertThat(batch.traceIdHigh(0) | batch.traceIdLow(0)).isZero();
    assertThat(batch.flags(0) & LogBatch.CONTEXT_FOUND).isZero();
  }

  @Test
  void triesPatternsOnLinesWithoutSuchAField() {
    RecordFields fields =
        new RecordFields(
            new LogFieldOptions(
                true,
                List.of("level"),
                2,
                List.of("trace_id"),
                List.of("span_id"),
                List.of(
                    Pattern.compile(
                        "\\[[^,]*,(?P<trace_id>[0-9a-f]{16,32}),(?P<span_id>[0-9a-f]{16})\\]"))));
    row(
        Labels.of("a", "b"),
        "INFO [app," + TRACE + ",00f067aa0ba902b7] 1 --- started",
        0,
        "",
        Map.of());
    fields.complete(batch);
    assertThat(batch.traceIdHigh(0)).isEqualTo(HIGH);
    assertThat(batch.spanId(0)).isEqualTo(SPAN);
  }

  @Test
  void addsToEachRowBehindWhatItHas() {
    row(Labels.of("a", "b"), "error one", 0, "", Map.of("k", "v", "l", "w"));
    row(Labels.of("a", "b"), "two", 0, "", Map.of());
    row(Labels.of("a", "b"), "three warn", 0, "", Map.of("m", 5L));
    FIELDS.complete(batch);
    AttributeColumns attributes = batch.attributes();
    assertThat(attributes.end(0)).isEqualTo(3);
    assertThat(attributes.end(1)).isEqualTo(4);
    assertThat(attributes.end(2)).isEqualTo(6);
    assertThat(attributes.findString(0, "l")).isEqualTo("w");
    assertThat(attributes.key(4)).isEqualTo("m");
    assertThat(attributes.values().payload(4)).isEqualTo(5);
    assertThat(List.of(level(0), level(1), level(2))).containsExactly("error", "unknown", "warn");
  }
}
