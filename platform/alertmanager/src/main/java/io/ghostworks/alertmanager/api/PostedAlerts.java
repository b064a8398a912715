package io.ghostworks.alertmanager.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.ghostworks.model.label.Labels;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of {@code POST /api/v2/alerts}: a list of alerts as JSON. What a field may hold
 * and the mistakes' words and codes are those of Alertmanager's API; fields that it does not know
 * are ignored, as there.
 */
public final class PostedAlerts {

  /** Labels, and annotations, of one alert. */
  static final int LABELS_MAX = 1_000;

  /** Go's time without a value, which it writes for a time that is not known. */
  static final Instant GO_ZERO = Instant.parse("0001-01-01T00:00:00Z");

  private static final BodyFields FIELDS = new BodyFields("alerts");

  private PostedAlerts() {}

  /**
   * One alert.
   *
   * @param startsAt null where it is not known
   * @param endsAt null where it is not known
   */
  public record Posted(
      Labels labels,
      Labels annotations,
      @Nullable Instant startsAt,
      @Nullable Instant endsAt,
      String generatorUrl) {}

  /** The alerts of a body, whose labels are not checked yet. */
  public static List<Posted> read(byte[] body) throws MalformedBodyException {
    JsonNode root = FIELDS.tree(body);
    if (!root.isArray() && !root.isNull()) {
      throw FIELDS.notParsed("the body must be a list of alerts, got " + BodyFields.kind(root));
    }
    List<Posted> alerts = new ArrayList<>(root.size());
    for (int i = 0; i < root.size(); i++) {
      JsonNode alert = root.get(i);
      if (!alert.isObject()) {
        throw FIELDS.notParsed(
            "alert %d must be an object, got %s".formatted(i, BodyFields.kind(alert)));
      }
      alerts.add(alert(i, alert));
    }
    return alerts;
  }

  private static Posted alert(int index, JsonNode alert) throws MalformedBodyException {
    JsonNode labels = alert.path("labels");
    if (labels.isMissingNode() || labels.isNull()) {
      throw MalformedBodyException.required(index + ".labels");
    }
    return new Posted(
        FIELDS.labels(index + ".labels", labels, LABELS_MAX),
        FIELDS.labels(index + ".annotations", alert.path("annotations"), LABELS_MAX),
        time(index + ".startsAt", alert.path("startsAt")),
        time(index + ".endsAt", alert.path("endsAt")),
        generatorUrl(index + ".generatorURL", alert.path("generatorURL")));
  }

  private static @Nullable Instant time(String path, JsonNode node) throws MalformedBodyException {
    Instant time = FIELDS.time(path, node);
    return GO_ZERO.equals(time) ? null : time;
  }

  private static String generatorUrl(String path, JsonNode node) throws MalformedBodyException {
    String text = FIELDS.text(path, node);
    if (text == null || text.isEmpty()) {
      return "";
    }
    if (!isRequestUri(text)) {
      throw new MalformedBodyException(
          MalformedBodyException.UNPROCESSABLE,
          MalformedBodyException.WRONG_TYPE,
          "%s in body must be of type uri: \"%s\"".formatted(path, text));
    }
    return text;
  }

  /** An absolute URI or an absolute path; what a query holds unescaped does not matter. */
  private static boolean isRequestUri(String text) {
    int query = text.indexOf('?');
    String path = query < 0 ? text : text.substring(0, query);
    try {
      return path.startsWith("/") || new URI(path).isAbsolute();
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
