package io.ghostworks.instrumentation.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.instrumentation.context.TelemetryContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

@SuppressWarnings("try") // scopes are held, not used
class JsonEncoderTest {
  private final LoggerContext context = new LoggerContext();

  @Test
  void writesOneObjectALineWithTraceAndIdentity() throws IOException {
    LoggingEvent event = event("app", "Creating \"artifact\"\n\u0001\ud800");
    event.addKeyValuePair(new KeyValuePair("tags_count", 2));
    event.addKeyValuePair(new KeyValuePair("message", "not a second one"));
    Context traced =
        Context.root()
            .with(
                Span.wrap(
                    SpanContext.create(
                        "0af7651916cd43dd8448eb211c80319c",
                        "b7ad6b7169203331",
                        TraceFlags.getSampled(),
                        TraceState.getDefault())));
    JsonNode line;
    try (Scope ignored = TelemetryContext.withIdentity(traced, "acme", "u-1").makeCurrent()) {
      line = line(event);
    }
    assertThat(line.get("timestamp").asText()).isEqualTo("2026-01-02T03:04:05.006Z");
    assertThat(line.get("level").asText()).isEqualTo("info");
    assertThat(line.get("message").asText()).isEqualTo("Creating \"artifact\"\n\u0001\ud800");
    assertThat(line.get("service").asText()).isEqualTo("shop");
    assertThat(line.get("trace_id").asText()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    assertThat(line.get("span_id").asText()).isEqualTo("b7ad6b7169203331");
    assertThat(line.get("tenant_id").asText()).isEqualTo("acme");
    assertThat(line.get("user_id").asText()).isEqualTo("u-1");
    assertThat(line.get("tags_count").isInt()).isTrue();
  }

  @Test
  void leavesOutWhatIsNotThere() throws IOException {
    assertThat(line(event("app", "hello")).has("trace_id")).isFalse();
  }

  @Test
  void marksAuditEvents() throws IOException {
    assertThat(line(event("audit", "plan.change")).get("log_type").asText()).isEqualTo("audit");
  }

  @Test
  void writesTheExceptionInTheSameLine() throws IOException {
    LoggingEvent event =
        new LoggingEvent(
            "x",
            context.getLogger("app"),
            Level.ERROR,
            "failed",
            new IllegalStateException("why"),
            null);
    event.setInstant(Instant.EPOCH);
    assertThat(line(event).get("exception").asText())
        .startsWith("java.lang.IllegalStateException: why");
  }

  private LoggingEvent event(String logger, String message) {
    LoggingEvent event =
        new LoggingEvent("x", context.getLogger(logger), Level.INFO, message, null, null);
    event.setInstant(Instant.parse("2026-01-02T03:04:05.006Z"));
    return event;
  }

  private static JsonNode line(LoggingEvent event) throws IOException {
    JsonEncoder encoder = new JsonEncoder("shop");
    encoder.start();
    String text = new String(encoder.encode(event), StandardCharsets.UTF_8);
    assertThat(text).endsWith("}\n").hasLineCount(1);
    return new ObjectMapper().readTree(text);
  }
}
