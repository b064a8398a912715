package io.ghostworks.logql.pipeline;

/** The fields of one object, from the first to the last. */
final class JsonFields {
  private JsonFields() {}

  /** Takes a field, whose value the cursor has read. */
  @FunctionalInterface
  interface Visitor {
    void field(String key) throws JsonException;
  }

  /** Reads the object that starts at the next token. */
  static void forEach(JsonCursor json, int from, Visitor visitor) throws JsonException {
    int at = json.token(from);
    byte[] bytes = json.bytes();
    if (at < 0 || bytes[at] != '{') {
      throw new JsonException(JsonException.OBJECT);
    }
    at = token(json, at + 1, JsonException.MALFORMED);
    while (bytes[at] != '}') {
      if (bytes[at] != '"') {
        throw new JsonException(JsonException.OBJECT);
      }
      int keyEnd = json.stringEnd(at + 1);
      int colon = keyEnd < 0 ? -1 : json.token(keyEnd);
      if (colon < 0 || bytes[colon] != ':') {
        throw new JsonException(JsonException.MALFORMED);
      }
      String key = json.unescaped(at + 1, keyEnd - 1);
      int next = json.value(colon + 1);
      visitor.field(key);
      at = token(json, next, JsonException.ARRAY);
      if (bytes[at] == ',') {
        at = token(json, at + 1, JsonException.ARRAY);
      } else if (bytes[at] != '}') {
        throw new JsonException(JsonException.OBJECT);
      }
    }
  }

  private static int token(JsonCursor json, int from, String fault) throws JsonException {
    int at = json.token(from);
    if (at < 0) {
      throw new JsonException(fault);
    }
    return at;
  }
}
