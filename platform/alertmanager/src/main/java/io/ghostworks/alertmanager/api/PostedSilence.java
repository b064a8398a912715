package io.ghostworks.alertmanager.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.ghostworks.alertmanager.silence.RawMatcher;
import io.ghostworks.model.label.Labels;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /api/v2/silences}. What a field may hold, in which order fields are
 * missed, and the mistakes' words and codes are those of Alertmanager's API; fields that it does
 * not know are ignored, as there.
 *
 * @param id "" for a new one
 */
public record PostedSilence(
    String id,
    List<RawMatcher> matchers,
    Instant startsAt,
    Instant endsAt,
    String createdBy,
    String comment,
    Labels annotations) {

  private static final int ANNOTATIONS_MAX = 100;
  private static final int MATCHERS_MAX = 1_000;

  /** A list has too few entries. */
  private static final int TOO_FEW = 612;

  private static final BodyFields FIELDS = new BodyFields("silence");

  public PostedSilence {
    matchers = List.copyOf(matchers);
  }

  /** A silence as it was parsed, before anything is known to be there. */
  private record Parsed(
      @Nullable String id,
      Labels annotations,
      @Nullable String comment,
      @Nullable String createdBy,
      @Nullable Instant endsAt,
      @Nullable List<ParsedMatcher> matchers,
      @Nullable Instant startsAt) {}

  private record ParsedMatcher(
      @Nullable Boolean isRegex,
      @Nullable String name,
      @Nullable String value,
      @Nullable Boolean isEqual) {}

  /** The silence of a body, whose matchers are not checked yet. */
  public static PostedSilence read(byte[] body) throws MalformedBodyException {
    JsonNode root = FIELDS.tree(body);
    if (!root.isObject() && !root.isNull()) {
      throw FIELDS.notParsed("the body must be a silence, got " + BodyFields.kind(root));
    }
    return checked(
        new Parsed(
            FIELDS.text("id", root.path("id")),
            FIELDS.labels("annotations", root.path("annotations"), ANNOTATIONS_MAX),
            FIELDS.text("comment", root.path("comment")),
            FIELDS.text("createdBy", root.path("createdBy")),
            FIELDS.time("endsAt", root.path("endsAt")),
            matchers(root.path("matchers")),
            FIELDS.time("startsAt", root.path("startsAt"))));
  }

  private static @Nullable List<ParsedMatcher> matchers(JsonNode list)
      throws MalformedBodyException {
    if (list.isMissingNode() || list.isNull()) {
      return null;
    }
    if (!list.isArray()) {
      throw FIELDS.notParsed("matchers must be a list, got " + BodyFields.kind(list));
    }
    if (list.size() > MATCHERS_MAX) {
      throw FIELDS.notParsed(
          "matchers may have at most %d entries, got %d".formatted(MATCHERS_MAX, list.size()));
    }
    List<ParsedMatcher> matchers = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      JsonNode node = list.get(i);
      String path = "matchers.%d".formatted(i);
      if (!node.isObject()) {
        throw FIELDS.notParsed(
            "%s must be an object, got %s".formatted(path, BodyFields.kind(node)));
      }
      matchers.add(
          new ParsedMatcher(
              FIELDS.truth(path + ".isRegex", node.path("isRegex")),
              FIELDS.text(path + ".name", node.path("name")),
              FIELDS.text(path + ".value", node.path("value")),
              FIELDS.truth(path + ".isEqual", node.path("isEqual"))));
    }
    return matchers;
  }

  private static PostedSilence checked(Parsed parsed) throws MalformedBodyException {
    String comment = required("comment", parsed.comment);
    String createdBy = required("createdBy", parsed.createdBy);
    Instant endsAt = required("endsAt", parsed.endsAt);
    List<RawMatcher> matchers = checked(required("matchers", parsed.matchers));
    return new PostedSilence(
        parsed.id == null ? "" : parsed.id,
        matchers,
        required("startsAt", parsed.startsAt),
        endsAt,
        createdBy,
        comment,
        parsed.annotations);
  }

  private static List<RawMatcher> checked(List<ParsedMatcher> matchers)
      throws MalformedBodyException {
    if (matchers.isEmpty()) {
      throw new MalformedBodyException(
          MalformedBodyException.UNPROCESSABLE,
          TOO_FEW,
          "matchers in body should have at least 1 items");
    }
    List<RawMatcher> checked = new ArrayList<>(matchers.size());
    for (int i = 0; i < matchers.size(); i++) {
      ParsedMatcher matcher = matchers.get(i);
      String path = "matchers.%d.".formatted(i);
      boolean isRegex = required(path + "isRegex", matcher.isRegex);
      checked.add(
          new RawMatcher(
              required(path + "name", matcher.name),
              required(path + "value", matcher.value),
              isRegex,
              matcher.isEqual == null || matcher.isEqual));
    }
    return checked;
  }

  private static <T> T required(String path, @Nullable T value) throws MalformedBodyException {
    if (value == null) {
      throw MalformedBodyException.required(path);
    }
    return value;
  }
}
