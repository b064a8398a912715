package io.ghostworks.logql.pipeline;

import java.nio.charset.StandardCharsets;

/**
 * Reads JSON in place, as forgiving as the parser that Loki uses: an object is cut by its braces
 * before what is in it is read, numbers are any run of signs, and what follows the value does not
 * matter. Positions are offsets in the bytes.
 */
final class JsonCursor {
  /** What a value is. */
  enum Type {
    STRING,
    NUMBER,
    OBJECT,
    ARRAY,
    BOOLEAN,
    NULL
  }

  private final byte[] bytes;
  private final int end;
  private Type type = Type.NULL;
  private int valueFrom;
  private int valueTo;

  JsonCursor(byte[] bytes, int end) {
    this.bytes = bytes;
    this.end = end;
  }

  byte[] bytes() {
    return bytes;
  }

  Type type() {
    return type;
  }

  /** Where the last value starts; behind the quote of a string. */
  int valueFrom() {
    return valueFrom;
  }

  int valueTo() {
    return valueTo;
  }

  /** The first byte from here that is no blank, or -1. */
  int token(int from) {
    for (int i = from; i < end; i++) {
      byte c = bytes[i];
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        return i;
      }
    }
    return -1;
  }

  /** Behind the quote that ends a string, from behind the one that starts it; -1 if none does. */
  int stringEnd(int from) {
    for (int i = from; i < end; i++) {
      byte c = bytes[i];
      if (c == '"') {
        return i + 1;
      }
      if (c == '\\') {
        i++;
      }
    }
    return -1;
  }

  /** Behind the sign that closes what opens here, or -1. */
  private int blockEnd(int from, char open, char close) {
    int level = 0;
    for (int i = from; i < end; i++) {
      byte c = bytes[i];
      if (c == '"') {
        int string = stringEnd(i + 1);
        if (string < 0) {
          return -1;
        }
        i = string - 1;
      } else if (c == open) {
        level++;
      } else if (c == close && --level == 0) {
        return i + 1;
      }
    }
    return -1;
  }

  /** Reads the value that starts at the next token; gives the offset behind it. */
  int value(int from) throws JsonException {
    int at = token(from);
    if (at < 0) {
      throw new JsonException(JsonException.MALFORMED);
    }
    return switch (bytes[at]) {
      case '"' -> {
        int close = stringEnd(at + 1);
        yield set(Type.STRING, at + 1, close - 1, close, JsonException.STRING);
      }
      case '[' -> {
        int close = blockEnd(at, '[', ']');
        yield set(Type.ARRAY, at, close, close, JsonException.ARRAY);
      }
      case '{' -> {
        int close = blockEnd(at, '{', '}');
        yield set(Type.OBJECT, at, close, close, JsonException.OBJECT);
      }
      default -> scalar(at);
    };
  }

  private int set(Type found, int from, int to, int close, String fault) throws JsonException {
    if (close < 0) {
      throw new JsonException(fault);
    }
    type = found;
    valueFrom = from;
    valueTo = to;
    return close;
  }

  private int scalar(int at) throws JsonException {
    int to = at;
    while (to < end && " \n\r\t,}]".indexOf(bytes[to]) < 0) {
      to++;
    }
    byte c = bytes[at];
    Type found =
        c == '-' || (c >= '0' && c <= '9')
            ? Type.NUMBER
            : is(at, to, "true") || is(at, to, "false")
                ? Type.BOOLEAN
                : is(at, to, "null") ? Type.NULL : null;
    if (found == null) {
      throw new JsonException(JsonException.UNKNOWN);
    }
    return set(found, at, to, to, "");
  }

  private boolean is(int from, int to, String word) {
    if (to - from != word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (bytes[from + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The text of the last value as a label has it: "" for null, and where an escape is wrong. */
  String valueText() {
    return switch (type) {
      case NULL -> "";
      case STRING -> {
        try {
          yield unescaped(valueFrom, valueTo).replace('\uFFFD', ' ');
        } catch (JsonException e) {
          yield "";
        }
      }
      case NUMBER, BOOLEAN, OBJECT, ARRAY ->
          new String(bytes, valueFrom, valueTo - valueFrom, StandardCharsets.UTF_8);
    };
  }

  boolean hasEscape(int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\\') {
        return true;
      }
    }
    return false;
  }

  /** The text of a string without its quotes. */
  String unescaped(int from, int to) throws JsonException {
    if (!hasEscape(from, to)) {
      return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
    return new String(unescapedBytes(from, to), StandardCharsets.UTF_8);
  }

  byte[] unescapedBytes(int from, int to) throws JsonException {
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream(to - from);
    int at = from;
    while (at < to) {
      byte c = bytes[at];
      if (c != '\\') {
        out.write(c);
        at++;
        continue;
      }
      if (at + 1 >= to) {
        throw new JsonException(JsonException.ESCAPE);
      }
      int plain = "\"\\/bfnrt".indexOf(bytes[at + 1]);
      if (plain >= 0) {
        out.write("\"\\/\b\f\n\r\t".charAt(plain));
        at += 2;
        continue;
      }
      int first = hex(at, to);
      int length = 6;
      if (first >= 0xD800 && first <= 0xDFFF) {
        int second = hex(at + 6, to);
        if (second < 0xDC00) {
          throw new JsonException(JsonException.ESCAPE);
        }
        first = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
        length = 12;
      }
      if (first < 0) {
        throw new JsonException(JsonException.ESCAPE);
      }
      boolean valid = Character.isValidCodePoint(first);
      out.writeBytes(Character.toString(valid ? first : 0xFFFD).getBytes(StandardCharsets.UTF_8));
      at += length;
    }
    return out.toByteArray();
  }

  /** The number of an escape with four digits, or -1 where there is none. */
  private int hex(int at, int to) {
    if (at + 6 > to || bytes[at] != '\\' || bytes[at + 1] != 'u') {
      return -1;
    }
    int value = 0;
    for (int i = at + 2; i < at + 6; i++) {
      int digit = bytes[i] < 0 ? -1 : Character.digit(bytes[i], 16);
      if (digit < 0) {
        return -1;
      }
      value = value * 16 + digit;
    }
    return value;
  }
}
