package io.ghostworks.server.status;

import io.ghostworks.model.TenantId;
import io.ghostworks.query.QueryContext;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.server.grafana.DerivedAnnotations;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Queries;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Views;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/platform/changes}: when services began to run another version; the same as
 * annotations with the tag {@code deployment}.
 */
public final class ChangesEndpoint implements DerivedAnnotations {

  private static final String TAG = "deployment";
  private static final Duration RANGE = Duration.ofDays(1);
  private static final Duration RANGE_MAX = Duration.ofDays(400);

  /** Later than that in seconds is before 1978 in milliseconds. */
  private static final BigDecimal SECONDS_MAX = new BigDecimal("1e11");

  private final ServiceChanges changes;
  private final Queries queries;
  private final Clock clock;

  public ChangesEndpoint(ServiceChanges changes, Queries queries, Clock clock) {
    this.changes = changes;
    this.queries = queries;
    this.clock = clock;
  }

  private record View(
      String service, @Nullable String environment, String from, String to, String time) {}

  private record Found(List<View> changes, boolean truncated) {}

  /** Answers a request. */
  public Answer answer(Exchange exchange, QueryContext context) {
    long to = time(exchange, "to", clock.epochMs());
    long from = time(exchange, "from", to - RANGE.toMillis());
    if (to < from || to - from > RANGE_MAX.toMillis()) {
      throw RequestException.bad(
          "from must be before to, at most %d days".formatted(RANGE_MAX.toDays()));
    }
    String service = exchange.parameter("service").orElse("");
    List<ServiceChanges.Change> found = changes.find(context, from, to);
    return Views.answer(
        new Found(
            found.stream()
                .filter(change -> service.isEmpty() || change.service().equals(service))
                .map(change ->
                    new View(
                        change.service(),
                        change.environment().isEmpty() ? null : change.environment(),
                        change.from(),
                        change.to(),
                        Instant.ofEpochMilli(change.timeMs()).toString()))
                .toList(),
            found.size() == ServiceChanges.CHANGES_MAX));
  }

  /** RFC 3339, seconds or milliseconds since the epoch. */
  private static long time(Exchange exchange, String name, long absent) {
    String text = exchange.parameter(name).orElse("");
    if (text.isEmpty()) {
      return absent;
    }
    try {
      if (text.length() <= 20 && text.matches("[0-9.]+")) {
        BigDecimal number = new BigDecimal(text);
        return number.compareTo(SECONDS_MAX) < 0
            ? number.movePointRight(3).longValue()
            : number.longValue();
      }
      return Instant.parse(text).toEpochMilli();
    } catch (DateTimeParseException | NumberFormatException | ArithmeticException e) {
      throw new RequestException(
          400,
          "%s must be a time as RFC 3339, or in seconds or milliseconds since 1970, got '%s'"
              .formatted(name, text),
          e);
    }
  }

  @Override
  public String tag() {
    return TAG;
  }

  @Override
  public List<Derived> find(TenantId tenant, long fromMs, long toMs, int limit) {
    long now = clock.epochMs();
    long to = Math.min(toMs, now);
    long from = Math.max(fromMs, to - (fromMs == 0 ? RANGE : RANGE_MAX).toMillis());
    if (from > to) {
      return List.of();
    }
    try (QueryContext context = queries.unlisted(tenant)) {
      return changes.find(context, from, to).stream()
          .limit(limit)
          .map(ChangesEndpoint::derived)
          .toList();
    }
  }

  private static Derived derived(ServiceChanges.Change change) {
    return new Derived(
        -change.timeMs(),
        change.timeMs(),
        change.timeMs(),
        "%s: %s → %s".formatted(change.service(), change.from(), change.to()),
        change.environment().isEmpty()
            ? List.of(TAG, change.service())
            : List.of(TAG, change.service(), change.environment()));
  }
}
