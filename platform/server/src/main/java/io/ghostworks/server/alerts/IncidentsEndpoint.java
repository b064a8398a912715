package io.ghostworks.server.alerts;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.alertmanager.incident.IncidentViews;
import io.ghostworks.alertmanager.incident.Incidents;
import io.ghostworks.config.DurationForm;
import io.ghostworks.model.TenantId;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Bodies;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.http.Views;
import io.ghostworks.state.StoredIncidents;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** {@code /api/platform/incidents}: lists incidents, and takes comments and acknowledgements. */
public final class IncidentsEndpoint {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final Duration ACKNOWLEDGED = Duration.ofHours(24);
  private static final Duration ACKNOWLEDGED_MAX = Duration.ofDays(30);
  private static final int AUTHOR_CHARS_MAX = 200;
  private static final int COMMENT_CHARS_MAX = 10_000;
  private static final int FINGERPRINTS_MAX = 10_000;
  private static final String PATH = "/api/platform/incidents";

  private final Function<TenantId, Incidents> incidents;
  private final Bodies bodies;

  /**
   * @param incidents a tenant's
   */
  public IncidentsEndpoint(Function<TenantId, Incidents> incidents, Bodies bodies) {
    this.incidents = incidents;
    this.bodies = bodies;
  }

  /** Adds the routes to those of the web listener. */
  public void addTo(Routes.Api api) {
    api.get(PATH, Permission.READ, Route.Work.QUERY, e -> done(list(e)))
        .get(PATH + "/{id}", Permission.READ, Route.Work.QUERY, e -> done(one(e)))
        .post(PATH + "/{id}/comments", Permission.ADMIN, Route.Work.QUERY, e -> done(comment(e)))
        .post(
            PATH + "/{id}/acknowledge",
            Permission.ADMIN,
            Route.Work.QUERY,
            e -> done(acknowledge(e)))
        .post(
            PATH + "/{id}/unacknowledge",
            Permission.ADMIN,
            Route.Work.QUERY,
            e -> done(unacknowledge(e)));
  }

  private static CompletionStage<Answer> done(Answer answer) {
    return CompletableFuture.completedFuture(answer);
  }

  private Answer list(Exchange exchange) {
    ListParameters parameters = new ListParameters(exchange);
    Incidents.Query query =
        new Incidents.Query(
            new StoredIncidents.Selection(
                parameters.before(),
                state(parameters.text("state")),
                parameters.text("receiver"),
                parameters.text("group"),
                parameters.time("from", 0),
                parameters.time("to", Long.MAX_VALUE)),
            parameters.matchers(),
            exchange.parameter("acknowledged").map(IncidentsEndpoint::truth),
            parameters.limit());
    return Views.answer(all(exchange).find(query));
  }

  private static StoredIncidents.Selection.State state(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "" -> StoredIncidents.Selection.State.ANY;
      case "open" -> StoredIncidents.Selection.State.OPEN;
      case "ended" -> StoredIncidents.Selection.State.ENDED;
      default ->
          throw RequestException.bad("state must be open or ended, got '%s'".formatted(text));
    };
  }

  private static boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw RequestException.bad(
              "acknowledged must be true or false, got '%s'".formatted(text));
    };
  }

  private Answer one(Exchange exchange) {
    long id = new ListParameters(exchange).id();
    return answer(id, all(exchange).find(id));
  }

  private Answer comment(Exchange exchange) {
    long id = new ListParameters(exchange).id();
    JsonNode body = body(exchange);
    String text = text(body, "text", COMMENT_CHARS_MAX, true);
    String author = text(body, "author", AUTHOR_CHARS_MAX, true);
    return answer(id, all(exchange).comment(id, author, text));
  }

  private Answer acknowledge(Exchange exchange) {
    long id = new ListParameters(exchange).id();
    JsonNode body = body(exchange);
    String author = text(body, "author", AUTHOR_CHARS_MAX, true);
    String comment = text(body, "comment", COMMENT_CHARS_MAX, false);
    Duration duration = duration(text(body, "duration", 100, false));
    Set<String> fingerprints = fingerprints(body.path("alerts"));
    try {
      return answer(id, all(exchange).acknowledge(id, author, comment, duration, fingerprints));
    } catch (IllegalArgumentException e) {
      throw new RequestException(409, String.valueOf(e.getMessage()), e);
    }
  }

  private Answer unacknowledge(Exchange exchange) {
    long id = new ListParameters(exchange).id();
    JsonNode body = body(exchange);
    String author = text(body, "author", AUTHOR_CHARS_MAX, true);
    String comment = text(body, "comment", COMMENT_CHARS_MAX, false);
    return answer(id, all(exchange).unacknowledge(id, author, comment));
  }

  private Incidents all(Exchange exchange) {
    return incidents.apply(exchange.tenant());
  }

  private static Answer answer(long id, Optional<IncidentViews.Detail> incident) {
    return Views.answer(
        incident.orElseThrow(
            () -> new RequestException(404, "there is no incident %d, or no more".formatted(id))));
  }

  private JsonNode body(Exchange exchange) {
    try {
      JsonNode body = JSON.readTree(bodies.decompressed(exchange));
      if (!body.isObject()) {
        throw RequestException.bad("the body must be a JSON object");
      }
      return body;
    } catch (IOException e) {
      throw new RequestException(400, "the body must be a JSON object: " + e.getMessage(), e);
    }
  }

  private static String text(JsonNode body, String field, int charsMax, boolean required) {
    JsonNode node = body.path(field);
    String text = node.isTextual() ? node.textValue().strip() : "";
    boolean absent = node.isMissingNode() || node.isNull();
    if ((!absent && !node.isTextual())
        || (required && text.isEmpty())
        || text.length() > charsMax) {
      throw RequestException.bad(
          "'%s' must be a text of %s%d chars"
              .formatted(field, required ? "1 to " : "at most ", charsMax));
    }
    return text;
  }

  private static Duration duration(String text) {
    if (text.isEmpty()) {
      return ACKNOWLEDGED;
    }
    Duration duration;
    try {
      duration = DurationForm.PROMETHEUS.parse(text);
    } catch (IllegalArgumentException e) {
      throw new RequestException(400, "'duration': " + e.getMessage(), e);
    }
    if (duration.isZero() || duration.compareTo(ACKNOWLEDGED_MAX) > 0) {
      throw RequestException.bad("'duration' must be more than 0 and at most 30d, got " + text);
    }
    return duration;
  }

  private static Set<String> fingerprints(JsonNode list) {
    Set<String> fingerprints = new LinkedHashSet<>();
    if (!list.isMissingNode() && !list.isNull() && !list.isArray()) {
      throw RequestException.bad("'alerts' must be a list of fingerprints");
    }
    for (JsonNode each : list) {
      fingerprints.add(each.asText());
    }
    if (fingerprints.size() > FINGERPRINTS_MAX) {
      throw RequestException.bad(
          "'alerts' may have at most %d fingerprints, got %d"
              .formatted(FINGERPRINTS_MAX, fingerprints.size()));
    }
    return fingerprints;
  }
}
