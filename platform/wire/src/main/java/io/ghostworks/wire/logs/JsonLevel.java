package io.ghostworks.wire.logs;

/**
 * Finds the first text in a JSON object whose key is one of certain names, also in objects within
 * it down to a depth, never in lists. What is no JSON ends the search, with what was found before.
 * Reads bytes in place and keeps nothing but where the value stands. Not thread-safe.
 *
 * <p>Source: the behaviour of grafana/loki pkg/distributor/field_detection.go and of
 * github.com/buger/jsonparser, which it searches with.
 */
final class JsonLevel {
  private static final int GOES_ON = 0;
  private static final int FOUND = 1;
  private static final int BROKEN = 2;

  /** Objects nest no deeper than this where the depth is not limited otherwise. */
  private static final int DEPTH_MAX = 500;

  private final LevelFields fields;
  private final int depthMax;
  private byte[] bytes = {};
  private boolean escaped;
  private int valueStart;
  private int valueEnd;

  /**
   * @param depthMax how many levels of objects are searched; 0 for all
   */
  JsonLevel(LevelFields fields, int depthMax) {
    this.fields = fields;
    this.depthMax = depthMax <= 0 ? DEPTH_MAX : Math.min(depthMax, DEPTH_MAX);
  }

  /** Whether there is such a text. */
  boolean find(byte[] json, int from, int to) {
    bytes = json;
    boolean found = object(from, to, 0) == FOUND;
    bytes = new byte[0];
    return found;
  }

  /** Where the text begins, as it is written, escapes and all. */
  int valueStart() {
    return valueStart;
  }

  int valueEnd() {
    return valueEnd;
  }

  private int object(int from, int to, int depth) {
    if (depth >= depthMax) {
      return GOES_ON;
    }
    int at = token(from, to);
    if (at == to || bytes[at] != '{') {
      return BROKEN;
    }
    at = token(at + 1, to);
    while (true) {
      if (at == to) {
        return BROKEN;
      }
      if (bytes[at] != '"') {
        return bytes[at] == '}' ? GOES_ON : BROKEN;
      }
      int keyStart = at + 1;
      int keyEnd = stringEnd(keyStart, to);
      if (keyEnd < 0) {
        return BROKEN;
      }
      boolean wanted = escaped ? hasEscaped(keyStart, keyEnd) : fields.has(bytes, keyStart, keyEnd);
      if (escaped && !JsonEscapes.isValid(bytes, keyStart, keyEnd)) {
        return BROKEN;
      }
      at = token(keyEnd + 1, to);
      if (at == to || bytes[at] != ':') {
        return BROKEN;
      }
      at = value(token(at + 1, to), to, wanted, depth);
      if (at < 0) {
        return at == -1 ? FOUND : BROKEN;
      }
      at = token(at, to);
      if (at == to) {
        return BROKEN;
      }
      if (bytes[at] == '}') {
        return GOES_ON;
      }
      if (bytes[at] != ',') {
        return BROKEN;
      }
      at = token(at + 1, to);
    }
  }

  /** Where a value ends; −1 if it is the one, −2 if there is none. */
  private int value(int at, int to, boolean wanted, int depth) {
    if (at == to) {
      return -2;
    }
    return switch (bytes[at]) {
      case '"' -> text(at + 1, to, wanted);
      case '[' -> blockEnd(at, to, '[', ']');
      case '{' -> nested(at, to, depth);
      default -> {
        int end = tokenEnd(at, to);
        yield isLiteral(at, end) ? end : -2;
      }
    };
  }

  private int text(int from, int to, boolean wanted) {
    int end = stringEnd(from, to);
    if (end >= 0 && wanted) {
      valueStart = from;
      valueEnd = end;
      return -1;
    }
    return end < 0 ? -2 : end + 1;
  }

  private int nested(int at, int to, int depth) {
    int end = blockEnd(at, to, '{', '}');
    if (end < 0) {
      return -2;
    }
    int inner = object(at, end, depth + 1);
    return inner == GOES_ON ? end : inner == FOUND ? -1 : -2;
  }

  private boolean isLiteral(int at, int end) {
    return switch (bytes[at]) {
      case 't' -> is("true", at, end);
      case 'f' -> is("false", at, end);
      case 'n' -> is("null", at, end);
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> true;
      default -> false;
    };
  }

  private boolean is(String word, int at, int end) {
    if (end - at != word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (bytes[at + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private boolean hasEscaped(int from, int to) {
    byte[] key = JsonEscapes.unescape(bytes, from, to);
    return fields.has(key, 0, key.length);
  }

  /** The first byte that is no blank. */
  private int token(int from, int to) {
    int at = from;
    while (at < to
        && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
      at++;
    }
    return at;
  }

  private int tokenEnd(int from, int to) {
    int at = from;
    while (at < to) {
      switch (bytes[at]) {
        case ' ', '\n', '\r', '\t', ',', '}', ']' -> {
          return at;
        }
        default -> at++;
      }
    }
    return to;
  }

  /** Where the quote stands that ends a text, or −1. */
  private int stringEnd(int from, int to) {
    escaped = false;
    for (int at = from; at < to; at++) {
      byte b = bytes[at];
      if (b == '"') {
        return at;
      }
      if (b == '\\') {
        escaped = true;
        at++;
      }
    }
    return -1;
  }

  /** Behind the end of a list or an object, or −2. */
  private int blockEnd(int from, int to, char open, char close) {
    int level = 0;
    for (int at = from; at < to; at++) {
      byte b = bytes[at];
      if (b == '"') {
        at = stringEnd(at + 1, to);
        if (at < 0) {
          return -2;
        }
      } else if (b == open) {
        level++;
      } else if (b == close && --level == 0) {
        return at + 1;
      }
    }
    return -2;
  }
}
