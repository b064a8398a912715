package io.ghostworks.alertmanager.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.model.label.Labels;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a JSON body as Alertmanager's API does.
 *
 * @param body what the API calls the body, which its messages name
 */
record BodyFields(String body) {

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

  private static final Instant EARLIEST = Instant.EPOCH.plusNanos(1);
  private static final Instant LATEST = Instant.EPOCH.plusNanos(Long.MAX_VALUE);

  JsonNode tree(byte[] bytes) throws MalformedBodyException {
    try {
      JsonNode root = JSON.readTree(bytes);
      if (root.isMissingNode()) {
        throw MalformedBodyException.required(body);
      }
      return root;
    } catch (JsonProcessingException e) {
      throw notParsed(e.getOriginalMessage());
    } catch (IOException e) {
      throw notParsed(String.valueOf(e.getMessage()));
    }
  }

  /**
   * @param max entries
   */
  Labels labels(String path, JsonNode node, int max) throws MalformedBodyException {
    if (node.isMissingNode() || node.isNull()) {
      return Labels.EMPTY;
    }
    if (!node.isObject()) {
      throw notParsed("%s must be an object, got %s".formatted(path, kind(node)));
    }
    if (node.size() > max) {
      throw notParsed("%s may have at most %d entries, got %d".formatted(path, max, node.size()));
    }
    Labels.Builder labels = Labels.builder();
    for (var entry : node.properties()) {
      if (!entry.getValue().isTextual()) {
        throw notParsed(
            "%s.%s must be a string, got %s"
                .formatted(path, entry.getKey(), kind(entry.getValue())));
      }
      labels.set(entry.getKey(), entry.getValue().textValue());
    }
    return labels.build();
  }

  /** A text, or null where there is none. */
  @Nullable String text(String path, JsonNode node) throws MalformedBodyException {
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    if (!node.isTextual()) {
      throw notParsed("%s must be a string, got %s".formatted(path, kind(node)));
    }
    return node.textValue();
  }

  /** A truth value, or null where there is none. */
  @Nullable Boolean truth(String path, JsonNode node) throws MalformedBodyException {
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    if (!node.isBoolean()) {
      throw notParsed("%s must be a boolean, got %s".formatted(path, kind(node)));
    }
    return node.booleanValue();
  }

  /** A time, or null where there is none; the empty text is the epoch. */
  @Nullable Instant time(String path, JsonNode node) throws MalformedBodyException {
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    if (!node.isTextual()) {
      throw notParsed("%s must be a time as text, got %s".formatted(path, kind(node)));
    }
    String text = node.textValue();
    if (text.isEmpty()) {
      return Instant.EPOCH;
    }
    try {
      TemporalAccessor parsed = TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
      return parsed instanceof OffsetDateTime offset
          ? offset.toInstant()
          : LocalDateTime.from(parsed).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      throw notParsed("%s must be a time as RFC 3339, got \"%s\"".formatted(path, text));
    }
  }

  /** Since the epoch; what 64 bits cannot hold becomes the nearest time. */
  static long nanos(Instant time) {
    Instant bounded = time.isBefore(EARLIEST) ? EARLIEST : time.isAfter(LATEST) ? LATEST : time;
    return ChronoUnit.NANOS.between(Instant.EPOCH, bounded);
  }

  static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case ARRAY -> "a list";
      case OBJECT, POJO -> "an object";
      case STRING, BINARY -> "a string";
      case NUMBER -> "a number";
      case BOOLEAN -> "a boolean";
      case NULL, MISSING -> "null";
    };
  }

  MalformedBodyException notParsed(String why) {
    return MalformedBodyException.notParsed(body, why);
  }
}
