package io.ghostworks.server.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares JSON with a schema of an OpenAPI document: required properties are there, unknown ones
 * are not, the types are the described ones.
 *
 * @param document the whole document, for its references
 */
public record DescribedShape(JsonNode document) {

  /** What does not fit, with its place; empty if all does. */
  public List<String> mistakes(String place, JsonNode schema, JsonNode value) {
    List<String> mistakes = new ArrayList<>();
    compare(place, schema, value, mistakes);
    return mistakes;
  }

  private void compare(String place, JsonNode described, JsonNode value, List<String> mistakes) {
    JsonNode schema = resolve(described);
    for (String choice : List.of("anyOf", "oneOf")) {
      if (schema.has(choice)) {
        chosen(place, schema.get(choice), value, mistakes);
        return;
      }
    }
    String type = schema.path("type").asText();
    if (!type.isEmpty() && !fits(type, value)) {
      mistakes.add("%s must be of type '%s', got %s".formatted(place, type, value));
      return;
    }
    if (schema.has("enum") && !contains(schema.get("enum"), value)) {
      mistakes.add("%s must be one of %s, got %s".formatted(place, schema.get("enum"), value));
    }
    if (value.isArray()) {
      array(place, schema, value, mistakes);
    }
    if (value.isObject()) {
      object(place, schema, value, mistakes);
    }
  }

  private void chosen(String place, JsonNode alternatives, JsonNode value, List<String> mistakes) {
    List<String> closest = List.of();
    for (JsonNode alternative : alternatives) {
      List<String> found = mistakes(place, alternative, value);
      if (found.isEmpty()) {
        return;
      }
      closest = found;
    }
    mistakes.addAll(closest);
  }

  private static boolean fits(String type, JsonNode value) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      default -> false;
    };
  }

  private void array(String place, JsonNode schema, JsonNode value, List<String> mistakes) {
    if (value.size() < schema.path("minItems").asInt(0)
        || value.size() > schema.path("maxItems").asInt(Integer.MAX_VALUE)) {
      mistakes.add("%s has %d items".formatted(place, value.size()));
    }
    if (schema.has("items")) {
      for (JsonNode item : value) {
        compare(place + "[]", schema.get("items"), item, mistakes);
      }
    }
  }

  private void object(String place, JsonNode schema, JsonNode value, List<String> mistakes) {
    schema
        .path("required")
        .forEach(name -> {
          if (!value.has(name.asText())) {
            mistakes.add("%s must have '%s'".formatted(place, name.asText()));
          }
        });
    value
        .properties()
        .forEach(property -> {
          JsonNode known = schema.path("properties").path(property.getKey());
          JsonNode of = known.isMissingNode() ? schema.path("additionalProperties") : known;
          if (of.isObject()) {
            compare(place + "." + property.getKey(), of, property.getValue(), mistakes);
          } else if (schema.has("properties") && !of.asBoolean(false)) {
            mistakes.add("%s has '%s', which is not described".formatted(place, property.getKey()));
          }
        });
  }

  private static boolean contains(JsonNode array, JsonNode value) {
    for (JsonNode each : array) {
      if (each.equals(value)) {
        return true;
      }
    }
    return false;
  }

  private JsonNode resolve(JsonNode schema) {
    return schema.has("$ref") ? document.at(schema.get("$ref").asText().substring(1)) : schema;
  }
}
