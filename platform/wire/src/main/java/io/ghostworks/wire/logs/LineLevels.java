package io.ghostworks.wire.logs;

/**
 * Finds the level of a line: in a field of JSON or logfmt, else as the first word in it that names
 * one. Allocates nothing but the walker of a logfmt line. Not thread-safe.
 *
 * <p>Source: the behaviour of grafana/loki pkg/distributor/field_detection.go.
 */
final class LineLevels {
  private final LevelFields fields;
  private final JsonLevel json;

  LineLevels(LevelFields fields, int jsonDepthMax) {
    this.fields = fields;
    this.json = new JsonLevel(fields, jsonDepthMax);
  }

  /** The level of a line, as a number of {@link LevelWords}. */
  int of(byte[] bytes, int from, int to) {
    int level = LevelWords.NONE;
    if (isJson(bytes, from, to)) {
      if (json.find(bytes, from, to)) {
        level = LevelWords.ofWord(bytes, json.valueStart(), json.valueEnd());
      }
    } else if (hasEquals(bytes, from, to)) {
      level = ofLogfmt(bytes, from, to);
    }
    return level == LevelWords.NONE ? LevelWords.ofText(bytes, from, to) : level;
  }

  private int ofLogfmt(byte[] bytes, int from, int to) {
    LogfmtPairs pairs = new LogfmtPairs(bytes, from, to);
    int best = fields.names().size();
    int level = LevelWords.NONE;
    while (best > 0 && pairs.next()) {
      int field = fields.findInAnyCase(bytes, pairs.keyStart(), pairs.keyEnd());
      if (field >= 0 && field < best) {
        best = field;
        level = ofValue(bytes, pairs);
      }
    }
    return level;
  }

  private static int ofValue(byte[] bytes, LogfmtPairs pairs) {
    if (pairs.isEscaped()) {
      byte[] text = JsonEscapes.unescape(bytes, pairs.valueStart(), pairs.valueEnd());
      return LevelWords.ofWord(text, 0, text.length);
    }
    return LevelWords.ofWord(bytes, pairs.valueStart(), pairs.valueEnd());
  }

  private static boolean hasEquals(byte[] bytes, int from, int to) {
    for (int at = from; at < to; at++) {
      if (bytes[at] == '=') {
        return true;
      }
    }
    return false;
  }

  /** Whether a line begins with a brace and ends with one, but for spaces. */
  static boolean isJson(byte[] bytes, int from, int to) {
    int first = from;
    while (first < to) {
      int space = spaceLength(bytes, first, to);
      if (space == 0) {
        break;
      }
      first += space;
    }
    if (first >= to || bytes[first] != '{') {
      return false;
    }
    int last = to - 1;
    while (last > first && isLatinSpace(bytes[last] & 0xff)) {
      last--;
    }
    return bytes[last] == '}';
  }

  /** Of the space of Unicode that stands at a place; 0 if there is none. */
  private static int spaceLength(byte[] bytes, int at, int to) {
    int b = bytes[at] & 0xff;
    if (b < 0x80) {
      return isLatinSpace(b) ? 1 : 0;
    }
    int second = at + 1 < to ? bytes[at + 1] & 0xff : 0;
    if (b == 0xc2) {
      return second == 0x85 || second == 0xa0 ? 2 : 0;
    }
    int third = at + 2 < to ? bytes[at + 2] & 0xff : 0;
    boolean space =
        switch (b << 8 | second) {
          case 0xe19a, 0xe380 -> third == 0x80;
          case 0xe280 ->
              (third >= 0x80 && third <= 0x8a) || third == 0xa8 || third == 0xa9 || third == 0xaf;
          case 0xe281 -> third == 0x9f;
          default -> false;
        };
    return space ? 3 : 0;
  }

  private static boolean isLatinSpace(int c) {
    return (c >= '\t' && c <= '\r') || c == ' ' || c == 0x85 || c == 0xa0;
  }
}
