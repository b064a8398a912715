package io.ghostworks.instrumentation.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.ghostworks.instrumentation.context.TelemetryContext;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

@SuppressWarnings("try") // scopes are held, not used
class ConsoleEncoderTest {
  @Test
  void writesALineForAPersonWithTheSameFields() {
    LoggerContext context = new LoggerContext();
    LoggingEvent event =
        new LoggingEvent(
            "test", context.getLogger("app"), Level.WARN, "Creating {}", null, new Object[] {"it"});
    event.setInstant(Instant.parse("2026-01-02T03:04:05.006Z"));
    event.addKeyValuePair(new KeyValuePair("tags_count", 2));
    ConsoleEncoder encoder = new ConsoleEncoder(ZoneOffset.UTC);
    encoder.setContext(context);
    encoder.start();
    Context identified =
        TelemetryContext.withCorrelationId(
            TelemetryContext.withIdentity(Context.root(), "acme", "u-1"), "req-7");
    try (Scope ignored = identified.makeCurrent()) {
      assertThat(new String(encoder.encode(event), StandardCharsets.UTF_8))
          .isEqualTo(
              "03:04:05.006 WARN  Creating it tags_count=2 tenant_id=acme user_id=u-1 correlation_id=req-7 logger=app\n");
    }
  }
}
