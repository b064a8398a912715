package io.ghostworks.logql.pipeline;

import java.nio.charset.StandardCharsets;

/**
 * {@code | json}: every field of the object in the line becomes a label, names of nested objects
 * joined by {@code _}; arrays and null are left. Labels that were read before a fault stay.
 */
final class JsonStage implements PipelineStage {
  /** An object is looked through once for each level above it. */
  private static final int DEPTH_MAX = 128;

  private final KeyCache keys = new KeyCache();

  @Override
  public boolean process(Line line, LineLabels labels) {
    if (labels.hints().wantsNothing()) {
      return true;
    }
    try {
      object(new JsonCursor(line.bytes(), line.to()), line.from(), "", false, 0, labels);
    } catch (JsonException e) {
      labels.parserError("JSONParserErr", e.getMessage());
    }
    return true;
  }

  /**
   * Reads an object's fields.
   *
   * @param nested whether it stands in another, even if the names above it came to nothing
   * @return whether to go on, that is whether a label is still needed
   */
  private boolean object(
      JsonCursor json, int from, String prefix, boolean nested, int depth, LineLabels labels)
      throws JsonException {
    int at = json.token(from);
    byte[] bytes = json.bytes();
    if (at < 0 || bytes[at] != '{') {
      throw new JsonException(JsonException.OBJECT);
    }
    at = required(json, at + 1, JsonException.MALFORMED);
    while (bytes[at] != '}') {
      if (bytes[at] != '"') {
        throw new JsonException(JsonException.OBJECT);
      }
      int keyFrom = at + 1;
      int keyEnd = json.stringEnd(keyFrom);
      if (keyEnd < 0) {
        throw new JsonException(JsonException.MALFORMED);
      }
      int colon = json.token(keyEnd);
      if (colon < 0 || bytes[colon] != ':') {
        throw new JsonException(JsonException.MALFORMED);
      }
      boolean escaped = json.hasEscape(keyFrom, keyEnd - 1);
      String key = escaped ? json.unescaped(keyFrom, keyEnd - 1) : "";
      int next = json.value(colon + 1);
      int valueFrom = json.valueFrom();
      switch (json.type()) {
        case STRING, NUMBER, BOOLEAN -> {
          String name = name(json, prefix, escaped, key, keyFrom, keyEnd - 1);
          label(json, name, nested, labels);
        }
        case OBJECT -> {
          String name = name(json, prefix, escaped, key, keyFrom, keyEnd - 1);
          if (labels.hints().wantsPrefix(name)) {
            if (depth == DEPTH_MAX) {
              throw new JsonException(JsonException.DEEP);
            }
            if (!object(json, valueFrom, name, true, depth + 1, labels)) {
              return false;
            }
          }
        }
        case ARRAY, NULL -> {}
      }
      if (labels.hints().hasAll()) {
        return false;
      }
      at = required(json, next, JsonException.ARRAY);
      if (bytes[at] == ',') {
        at = required(json, at + 1, JsonException.ARRAY);
      } else if (bytes[at] != '}') {
        throw new JsonException(JsonException.OBJECT);
      } else {
        return true;
      }
    }
    return true;
  }

  private static int required(JsonCursor json, int from, String fault) throws JsonException {
    int at = json.token(from);
    if (at < 0) {
      throw new JsonException(fault);
    }
    return at;
  }

  private String name(
      JsonCursor json, String prefix, boolean escaped, String key, int from, int to) {
    if (prefix.isEmpty()) {
      return escaped ? LabelKeys.sanitized(key) : keys.name(json.bytes(), from, to);
    }
    String text = escaped ? key : new String(json.bytes(), from, to - from, StandardCharsets.UTF_8);
    return LabelKeys.appended(prefix, text);
  }

  private static void label(JsonCursor json, String name, boolean nested, LineLabels labels) {
    if (name.isEmpty() && !nested) {
      return;
    }
    String unique = labels.unique(name);
    if (labels.hints().wants(unique)) {
      labels.set(unique, json.valueText());
    }
  }
}
