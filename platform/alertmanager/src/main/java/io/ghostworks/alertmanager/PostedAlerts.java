package io.ghostworks.alertmanager;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.model.label.Labels;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAccessor;
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

  private static final int UNPROCESSABLE = 422;
  private static final int REQUIRED = 602;
  private static final int WRONG_TYPE = 601;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** The forms of RFC 3339 and ISO 8601 that the API takes; without an offset it is UTC. */
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendPattern("['T']['t'][' ']")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalStart()
          .appendOffset("+HH:MM", "Z")
          .optionalEnd()
          .optionalStart()
          .appendOffset("+HHMM", "Z")
          .optionalEnd()
          .toFormatter();

  /** Go's time without a value, which it writes for a time that is not known. */
  private static final Instant GO_ZERO = Instant.parse("0001-01-01T00:00:00Z");

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

  /** The body is not what it has to be. */
  public static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final int code;

    MalformedException(int status, int code, String message) {
      super(message);
      this.status = status;
      this.code = code;
    }

    /** Of the HTTP answer. */
    public int status() {
      return status;
    }

    /** In the answer's body. */
    public int code() {
      return code;
    }
  }

  /** The alerts of a body, whose labels are not checked yet. */
  public static List<Posted> read(byte[] body) throws MalformedException {
    JsonNode root = tree(body);
    if (root.isMissingNode()) {
      throw new MalformedException(UNPROCESSABLE, REQUIRED, "alerts in body is required");
    }
    if (!root.isArray() && !root.isNull()) {
      throw notParsed("the body must be a list of alerts, got " + kind(root));
    }
    List<Posted> alerts = new ArrayList<>(root.size());
    for (int i = 0; i < root.size(); i++) {
      JsonNode alert = root.get(i);
      if (!alert.isObject()) {
        throw notParsed("alert %d must be an object, got %s".formatted(i, kind(alert)));
      }
      alerts.add(alert(i, alert));
    }
    return alerts;
  }

  private static JsonNode tree(byte[] body) throws MalformedException {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw notParsed(e.getOriginalMessage());
    } catch (IOException e) {
      throw notParsed(String.valueOf(e.getMessage()));
    }
  }

  private static Posted alert(int index, JsonNode alert) throws MalformedException {
    JsonNode labels = alert.path("labels");
    if (labels.isMissingNode() || labels.isNull()) {
      throw new MalformedException(UNPROCESSABLE, REQUIRED, index + ".labels in body is required");
    }
    return new Posted(
        labels(index, "labels", labels),
        labels(index, "annotations", alert.path("annotations")),
        time(index, "startsAt", alert),
        time(index, "endsAt", alert),
        generatorUrl(index, alert));
  }

  private static Labels labels(int index, String field, JsonNode node) throws MalformedException {
    if (node.isMissingNode() || node.isNull()) {
      return Labels.EMPTY;
    }
    if (!node.isObject()) {
      throw notParsed("%d.%s must be an object, got %s".formatted(index, field, kind(node)));
    }
    if (node.size() > LABELS_MAX) {
      throw notParsed(
          "%d.%s may have at most %d entries, got %d"
              .formatted(index, field, LABELS_MAX, node.size()));
    }
    Labels.Builder labels = Labels.builder();
    for (var entry : node.properties()) {
      if (!entry.getValue().isTextual()) {
        throw notParsed(
            "%d.%s.%s must be a string, got %s"
                .formatted(index, field, entry.getKey(), kind(entry.getValue())));
      }
      labels.set(entry.getKey(), entry.getValue().textValue());
    }
    return labels.build();
  }

  private static @Nullable Instant time(int index, String field, JsonNode alert)
      throws MalformedException {
    JsonNode node = alert.path(field);
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    if (!node.isTextual()) {
      throw notParsed("%d.%s must be a time as text, got %s".formatted(index, field, kind(node)));
    }
    String text = node.textValue();
    if (text.isEmpty()) {
      return Instant.EPOCH;
    }
    try {
      TemporalAccessor parsed = TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
      Instant time =
          parsed instanceof OffsetDateTime offset
              ? offset.toInstant()
              : LocalDateTime.from(parsed).toInstant(ZoneOffset.UTC);
      return time.equals(GO_ZERO) ? null : time;
    } catch (DateTimeParseException e) {
      throw notParsed("%d.%s must be a time as RFC 3339, got \"%s\"".formatted(index, field, text));
    }
  }

  private static String generatorUrl(int index, JsonNode alert) throws MalformedException {
    JsonNode node = alert.path("generatorURL");
    if (node.isMissingNode() || node.isNull()) {
      return "";
    }
    if (!node.isTextual()) {
      throw notParsed("%d.generatorURL must be a string, got %s".formatted(index, kind(node)));
    }
    String text = node.textValue();
    if (!text.isEmpty() && !isRequestUri(text)) {
      throw new MalformedException(
          UNPROCESSABLE,
          WRONG_TYPE,
          "%d.generatorURL in body must be of type uri: \"%s\"".formatted(index, text));
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

  private static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case ARRAY -> "a list";
      case OBJECT, POJO -> "an object";
      case STRING, BINARY -> "a string";
      case NUMBER -> "a number";
      case BOOLEAN -> "a boolean";
      case NULL, MISSING -> "null";
    };
  }

  private static MalformedException notParsed(String why) {
    return new MalformedException(400, 400, "parsing alerts body from \"\" failed, because " + why);
  }
}
