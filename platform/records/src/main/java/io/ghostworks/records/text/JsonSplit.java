package io.ghostworks.records.text;

/**
 * Splits a text that is one JSON object (RFC 8259) into its punctuation, white space and keys,
 * which stand, and its scalar values, which vary: the bytes between the quotes of a string, or a
 * number, {@code true}, {@code false} or {@code null}. Nothing is decoded, so the text is given
 * back byte for byte.
 */
final class JsonSplit {

  private static final int DEPTH_MAX = 24;
  private static final int VARIABLES_MAX = 256;

  private final Split split;
  private byte[] text = new byte[0];
  private int to;
  private int copied;

  JsonSplit(Split split) {
    this.split = split;
  }

  /** Splits a range; false if it is no such object. */
  boolean object(byte[] bytes, int from, int end) {
    if (from == end || bytes[from] != '{' || bytes[end - 1] != '}') {
      return false;
    }
    text = bytes;
    to = end;
    copied = from;
    split.begin(end - from);
    int after = value(from, 0);
    if (after != end) {
      return false;
    }
    split.stands(text, copied, end);
    return true;
  }

  /** Where the value that begins here ends; -1 if there is none. */
  private int value(int at, int depth) {
    if (at >= to || depth > DEPTH_MAX) {
      return -1;
    }
    return switch (text[at]) {
      case '{' -> members(at, depth, true);
      case '[' -> members(at, depth, false);
      case '"' -> {
        int end = string(at);
        yield end >= 0 && varies(at + 1, end - 1) ? end : -1;
      }
      default -> {
        int end = scalar(at);
        yield end >= 0 && varies(at, end) ? end : -1;
      }
    };
  }

  private int members(int start, int depth, boolean object) {
    byte close = (byte) (object ? '}' : ']');
    int at = space(start + 1);
    if (at < to && text[at] == close) {
      return at + 1;
    }
    while (true) {
      if (object) {
        at = space(key(at));
      }
      at = at < 0 ? -1 : space(value(at, depth + 1));
      if (at < 0 || at >= to) {
        return -1;
      }
      if (text[at] == close) {
        return at + 1;
      }
      if (text[at] != ',') {
        return -1;
      }
      at = space(at + 1);
    }
  }

  /** Behind the colon of a key. */
  private int key(int at) {
    if (at >= to || text[at] != '"') {
      return -1;
    }
    int end = string(at);
    for (int i = at; i < end; i++) {
      if (text[i] == Split.MARK) {
        return -1;
      }
    }
    int colon = space(end);
    return colon >= 0 && colon < to && text[colon] == ':' ? colon + 1 : -1;
  }

  private boolean varies(int from, int end) {
    split.stands(text, copied, from);
    copied = end;
    return split.variables() < VARIABLES_MAX && split.varies(from, end);
  }

  private int space(int from) {
    int at = from;
    while (at >= 0
        && at < to
        && (text[at] == ' ' || text[at] == '\t' || text[at] == '\n' || text[at] == '\r')) {
      at++;
    }
    return at;
  }

  /** Behind the closing quote. */
  private int string(int start) {
    for (int at = start + 1; at < to; at++) {
      byte next = text[at];
      if (next == '"') {
        return at + 1;
      }
      if (next == '\\') {
        at++;
        if (at >= to || !isEscape(at)) {
          return -1;
        }
      } else if (next >= 0 && next < 0x20) {
        return -1;
      }
    }
    return -1;
  }

  private boolean isEscape(int at) {
    if (text[at] == 'u') {
      for (int i = 1; i <= 4; i++) {
        if (at + i >= to || Hex.digit(text[at + i]) < 0) {
          return false;
        }
      }
      return true;
    }
    return "\"\\/bfnrt".indexOf(text[at]) >= 0;
  }

  private int scalar(int at) {
    return switch (text[at]) {
      case 't' -> literal(at, "true");
      case 'f' -> literal(at, "false");
      case 'n' -> literal(at, "null");
      default -> number(at);
    };
  }

  private int literal(int at, String word) {
    if (to - at < word.length()) {
      return -1;
    }
    for (int i = 0; i < word.length(); i++) {
      if (text[at + i] != word.charAt(i)) {
        return -1;
      }
    }
    return at + word.length();
  }

  private int number(int start) {
    int at = text[start] == '-' ? start + 1 : start;
    int whole = digits(at);
    if (whole == at || (text[at] == '0' && whole > at + 1)) {
      return -1;
    }
    at = whole;
    if (at < to && text[at] == '.') {
      int fraction = digits(at + 1);
      if (fraction == at + 1) {
        return -1;
      }
      at = fraction;
    }
    if (at < to && (text[at] == 'e' || text[at] == 'E')) {
      int sign = at + 1 < to && (text[at + 1] == '+' || text[at + 1] == '-') ? at + 2 : at + 1;
      int exponent = digits(sign);
      return exponent == sign ? -1 : exponent;
    }
    return at;
  }

  private int digits(int from) {
    int at = from;
    while (at < to && Tokens.isDigit(text[at])) {
      at++;
    }
    return at;
  }
}
