package io.ghostworks.server.alerts;

import com.google.re2j.Pattern;
import io.ghostworks.alertmanager.matcher.MatcherSyntax;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What requests for lists of notifications and incidents have in common. */
final class ListParameters {

  private static final int DEFAULT_LIMIT = 100;
  private static final long NANOS_PER_MS = 1_000_000;
  private static final int LIMIT_MAX = 1_000;
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,10}(\\.[0-9]{1,9})?");
  private static final Instant LATEST = Instant.EPOCH.plusNanos(Long.MAX_VALUE);

  private final Exchange exchange;

  ListParameters(Exchange exchange) {
    this.exchange = exchange;
  }

  int limit() {
    long limit = number("limit", DEFAULT_LIMIT);
    if (limit < 1 || limit > LIMIT_MAX) {
      throw RequestException.bad("limit must be a number from 1 to 1000");
    }
    return (int) limit;
  }

  /** The id in {@code before}: only older ones. */
  long before() {
    return number("before", Long.MAX_VALUE);
  }

  String text(String name) {
    return exchange.parameter(name).orElse("");
  }

  /**
   * A time in seconds since the epoch or as RFC 3339.
   *
   * @return nanoseconds since the epoch
   */
  long time(String name, long absent) {
    return exchange.parameter(name).map(text -> time(name, text)).orElse(absent);
  }

  /**
   * A time in milliseconds since the epoch.
   *
   * @return nanoseconds since the epoch
   */
  long millis(String name, long absent) {
    long millis = number(name, -1);
    return millis < 0 || millis > Long.MAX_VALUE / NANOS_PER_MS ? absent : millis * NANOS_PER_MS;
  }

  private static long time(String name, String text) {
    try {
      Instant time =
          SECONDS.matcher(text).matches()
              ? Instant.EPOCH.plusNanos(
                  new BigDecimal(text).movePointRight(9).toBigInteger().longValueExact())
              : Instant.parse(text);
      return time.isAfter(LATEST) || time.isBefore(Instant.EPOCH)
          ? wrong(name, text)
          : ChronoUnit.NANOS.between(Instant.EPOCH, time);
    } catch (DateTimeParseException | NumberFormatException | ArithmeticException e) {
      throw new RequestException(400, words(name, text), e);
    }
  }

  private static long wrong(String name, String text) {
    throw RequestException.bad(words(name, text));
  }

  private static String words(String name, String text) {
    return "%s must be a time as RFC 3339 or in seconds since 1970, got '%s'".formatted(name, text);
  }

  /** The matchers in {@code filter}, one in each. */
  List<LabelMatcher> matchers() {
    try {
      return exchange.parameters("filter").stream().map(MatcherSyntax.FALLBACK::matcher).toList();
    } catch (IllegalArgumentException e) {
      throw new RequestException(400, String.valueOf(e.getMessage()), e);
    }
  }

  /** The number that a part of the path names. */
  long id() {
    try {
      return Long.parseLong(exchange.variable("id"));
    } catch (NumberFormatException e) {
      throw new RequestException(
          404, "there is none with the id '" + exchange.variable("id") + "'", e);
    }
  }

  private long number(String name, long absent) {
    try {
      return exchange.parameter(name).map(Long::parseLong).orElse(absent);
    } catch (NumberFormatException e) {
      throw new RequestException(400, name + " must be a number", e);
    }
  }
}
