package io.ghostworks.logql.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a value stands in JSON: {@code servers[0]["host name"].port}. */
record JsonPath(List<Step> steps) {
  private static final int STEPS_MAX = 128;

  JsonPath {
    steps = List.copyOf(steps);
  }

  /**
   * One level down.
   *
   * @param field its name, or null for an element
   * @param index of the element
   */
  record Step(@Nullable String field, int index) {}

  /**
   * Reads a path.
   *
   * @throws IllegalArgumentException if the text is none
   */
  static JsonPath parse(String text) {
    return new JsonPath(new Reader(text).steps());
  }

  /** Where the value starts from the one that starts here; -1 where there is none. */
  int find(JsonCursor json, int from) throws JsonException {
    int at = from;
    for (Step step : steps) {
      at = step.field() == null ? element(json, at, step.index()) : field(json, at, step.field());
      if (at < 0) {
        return -1;
      }
    }
    return at;
  }

  /** Whether the value is an element and not a field. */
  boolean endsInArray() {
    return !steps.isEmpty() && steps.getLast().field() == null;
  }

  private static int field(JsonCursor json, int from, String name) throws JsonException {
    byte[] bytes = json.bytes();
    int at = json.token(from);
    if (at < 0 || bytes[at] != '{') {
      return -1;
    }
    at = json.token(at + 1);
    while (at >= 0 && bytes[at] == '"') {
      int keyEnd = json.stringEnd(at + 1);
      int colon = keyEnd < 0 ? -1 : json.token(keyEnd);
      if (colon < 0 || bytes[colon] != ':') {
        return -1;
      }
      if (json.unescaped(at + 1, keyEnd - 1).equals(name)) {
        return json.token(colon + 1);
      }
      at = json.token(json.value(colon + 1));
      at = at >= 0 && bytes[at] == ',' ? json.token(at + 1) : -1;
    }
    return -1;
  }

  private static int element(JsonCursor json, int from, int index) throws JsonException {
    byte[] bytes = json.bytes();
    int at = json.token(from);
    if (at < 0 || bytes[at] != '[') {
      return -1;
    }
    at = json.token(at + 1);
    for (int i = 0; at >= 0 && bytes[at] != ']'; i++) {
      if (i == index) {
        return at;
      }
      at = json.token(json.value(at));
      at = at >= 0 && bytes[at] == ',' ? json.token(at + 1) : -1;
    }
    return -1;
  }

  /** Reads the text of a path. */
  private static final class Reader {
    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    List<Step> steps() {
      List<Step> steps = new ArrayList<>();
      steps.add(skipBlanks() == '[' ? bracket() : field("LSB or FIELD"));
      for (int c = skipBlanks(); c >= 0; c = skipBlanks()) {
        if (c == '.') {
          at++;
          skipBlanks();
          steps.add(field("FIELD"));
        } else if (c == '[') {
          steps.add(bracket());
        } else {
          throw isKnown(c) ? unexpected("") : unexpectedChar(c);
        }
        if (steps.size() > STEPS_MAX) {
          throw new IllegalArgumentException("a path may have %d steps".formatted(STEPS_MAX));
        }
      }
      return steps;
    }

    private int skipBlanks() {
      while (at < text.length() && " \t\n".indexOf(text.charAt(at)) >= 0) {
        at++;
      }
      return at < text.length() ? text.charAt(at) : -1;
    }

    private static boolean isKnown(int c) {
      return isName(c, false) || "[].\"".indexOf(c) >= 0;
    }

    private static boolean isName(int c, boolean first) {
      return c == '_'
          || (c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || (!first && c >= '0' && c <= '9');
    }

    private Step field(String expected) {
      int from = at;
      while (at < text.length() && isName(text.charAt(at), at == from)) {
        at++;
      }
      if (at == from) {
        throw unexpected(expected);
      }
      return new Step(text.substring(from, at), 0);
    }

    private Step bracket() {
      at++;
      int c = skipBlanks();
      Step step;
      if (c == '"') {
        int from = ++at;
        while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != ']') {
          at++;
        }
        step = new Step(text.substring(from, at), 0);
        at++;
      } else if (c >= '0' && c <= '9') {
        step = new Step(null, index());
      } else {
        throw unexpected("STRING or INDEX");
      }
      if (skipBlanks() != ']') {
        throw unexpected("RSB");
      }
      at++;
      return step;
    }

    private int index() {
      int from = at;
      while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
        at++;
      }
      int c = at < text.length() ? text.charAt(at) : ']';
      if (c == '.') {
        throw new IllegalArgumentException("cannot use float as array index");
      }
      if (c != ']' && " \t\n".indexOf(c) < 0) {
        throw new IllegalArgumentException("non-integer value: " + (char) c);
      }
      if (at - from > 9) {
        throw new IllegalArgumentException(
            "strconv.Atoi: parsing \"%s\": value out of range".formatted(text.substring(from, at)));
      }
      return Integer.parseInt(text, from, at, 10);
    }

    private static IllegalArgumentException unexpectedChar(int c) {
      return new IllegalArgumentException("unexpected char " + (char) c);
    }

    private IllegalArgumentException unexpected(String expected) {
      int c = skipBlanks();
      String token =
          switch (c) {
            case -1 -> "$end";
            case '.' -> "DOT";
            case '[' -> "LSB";
            case ']' -> "RSB";
            case '"' -> "STRING";
            default -> isName(c, true) ? "FIELD" : c >= '0' && c <= '9' ? "INDEX" : "$end";
          };
      return new IllegalArgumentException(
          "syntax error: unexpected "
              + token
              + (expected.isEmpty() ? "" : ", expecting " + expected));
    }
  }
}
