package io.ghostworks.server.alertmanager;

import io.ghostworks.model.label.Labels;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.http.Views;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * {@code GET /api/platform/alerts/why}: what happens to an alert at a time; {@code
 * /api/platform/alerts/routing}: by which routes, inhibit rules and time intervals.
 */
public final class WhyEndpoint {

  private static final int LABELS_MAX = 100;

  private final TenantAlertmanagers alertmanagers;
  private final Clock clock;

  public WhyEndpoint(TenantAlertmanagers alertmanagers, Clock clock) {
    this.alertmanagers = alertmanagers;
    this.clock = clock;
  }

  public void addTo(Routes.Api api) {
    api.get(
            "/api/platform/alerts/why",
            Permission.READ,
            Route.Work.QUERY,
            exchange -> CompletableFuture.completedFuture(why(exchange)))
        .get(
            "/api/platform/alerts/routing",
            Permission.READ,
            Route.Work.QUERY,
            exchange -> CompletableFuture.completedFuture(routing(exchange)));
  }

  private Answer routing(Exchange exchange) {
    return Views.answer(alertmanagers.routing(exchange.tenant(), at(exchange)));
  }

  private long at(Exchange exchange) {
    return exchange.parameter("at").map(WhyEndpoint::nanos).orElseGet(clock::epochNanos);
  }

  private Answer why(Exchange exchange) {
    long at = at(exchange);
    Labels labels =
        exchange
            .parameter("fingerprint")
            .map(fingerprint -> labelsOf(exchange, fingerprint))
            .orElseGet(() -> labels(exchange.parameters("label")));
    return Views.answer(alertmanagers.why(exchange.tenant(), labels, at));
  }

  private Labels labelsOf(Exchange exchange, String fingerprint) {
    return alertmanagers
        .labels(exchange.tenant(), fingerprint)
        .orElseThrow(() ->
            new RequestException(
                404,
                "no alert with the fingerprint '%s' is known: give its labels instead (label=NAME=VALUE)"
                    .formatted(fingerprint)));
  }

  private static Labels labels(List<String> texts) {
    if (texts.isEmpty() || texts.size() > LABELS_MAX) {
      throw RequestException.bad(
          "1 to %d labels must be given as label=NAME=VALUE, or fingerprint=FINGERPRINT"
              .formatted(LABELS_MAX));
    }
    Labels.Builder labels = Labels.builder();
    for (String text : texts) {
      int equals = text.indexOf('=');
      if (equals <= 0) {
        throw RequestException.bad("label must be NAME=VALUE, got '%s'".formatted(text));
      }
      labels.set(text.substring(0, equals), unquoted(text.substring(equals + 1)));
    }
    return labels.build();
  }

  /** A value may stand between double quotes, as a matcher has it. */
  private static String unquoted(String value) {
    boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  private static long nanos(String text) {
    try {
      return new BigDecimal(text).movePointRight(9).longValueExact();
    } catch (NumberFormatException notSeconds) {
      try {
        Instant instant = OffsetDateTime.parse(text).toInstant();
        return Math.addExact(
            Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
      } catch (DateTimeException | ArithmeticException e) {
        throw wrongTime(text, e);
      }
    } catch (ArithmeticException e) {
      throw wrongTime(text, e);
    }
  }

  private static RequestException wrongTime(String text, Exception cause) {
    return new RequestException(
        400, "at must be Unix seconds or RFC 3339, got '%s'".formatted(text), cause);
  }
}
