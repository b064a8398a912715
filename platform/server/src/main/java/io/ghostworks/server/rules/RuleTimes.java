package io.ghostworks.server.rules;

import io.ghostworks.config.DurationForm;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Times and durations of requests about rules, and how answers write times. */
final class RuleTimes {
  private static final long EPOCH_SECONDS_MAX = 253_402_300_799L;

  private RuleTimes() {}

  /** Seconds since the epoch or RFC 3339. */
  static long ms(Exchange exchange, String name, long absentMs) {
    String text = exchange.parameter(name).orElse("");
    if (text.isEmpty()) {
      return absentMs;
    }
    try {
      BigDecimal seconds = new BigDecimal(text);
      if (seconds.abs().compareTo(BigDecimal.valueOf(EPOCH_SECONDS_MAX)) <= 0) {
        return seconds.movePointRight(3).longValue();
      }
    } catch (NumberFormatException notSeconds) {
      try {
        return OffsetDateTime.parse(text).toInstant().toEpochMilli();
      } catch (DateTimeException e) {
        throw bad(name, "must be Unix seconds or RFC 3339, got '%s'".formatted(text));
      }
    }
    throw bad(name, "must be Unix seconds or RFC 3339, got '%s'".formatted(text));
  }

  /** A duration in Prometheus's form. */
  static Duration duration(Exchange exchange, String name, Duration absent) {
    String text = exchange.parameter(name).orElse("");
    if (text.isEmpty()) {
      return absent;
    }
    try {
      return DurationForm.PROMETHEUS.parse(text);
    } catch (IllegalArgumentException e) {
      throw bad(name, String.valueOf(e.getMessage()));
    }
  }

  static RequestException bad(String name, String message) {
    return RequestException.bad("invalid parameter \"%s\": %s".formatted(name, message));
  }

  /** A time as RFC 3339 to the millisecond; null for 0. */
  static @Nullable String text(long epochMs) {
    return epochMs == 0
        ? null
        : DateTimeFormatter.ISO_INSTANT.format(
            Instant.ofEpochMilli(epochMs).atOffset(ZoneOffset.UTC));
  }
}
