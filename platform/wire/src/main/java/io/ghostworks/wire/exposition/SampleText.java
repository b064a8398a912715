package io.ghostworks.wire.exposition;

import io.ghostworks.model.label.LabelSetTable;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.MetricType;
import io.ghostworks.wire.WireFormatException;
import io.ghostworks.wire.number.DecimalReader;
import io.ghostworks.wire.number.DecimalText;
import io.ghostworks.wire.proto.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The name and labels of one sample as positions in the text, and the lexical rules that the two
 * text formats share. Reused from sample to sample.
 */
final class SampleText {
  private static final int ABSENT = -1;

  /** Labels of one sample; more are no sample of anything sensible. */
  private static final int LABELS_MAX = 1024;

  private static final int LETTER = 1;
  private static final int COLON = 2;
  private static final int DIGIT = 4;
  private static final byte[] CLASSES = new byte[256];

  private final byte[] text;
  private final int end;
  private int nameStart;
  private int nameEnd;
  private int[] offsets = new int[64];
  private int count;

  static {
    for (int c = 'a'; c <= 'z'; c++) {
      CLASSES[c] = LETTER;
      CLASSES[c - 'a' + 'A'] = LETTER;
    }
    CLASSES['_'] = LETTER;
    CLASSES[':'] = COLON;
    for (int c = '0'; c <= '9'; c++) {
      CLASSES[c] = DIGIT;
    }
  }

  SampleText(byte[] text, int end) {
    this.text = text;
    this.end = end;
  }

  /** Forgets name and labels. */
  void reset() {
    nameStart = ABSENT;
    nameEnd = ABSENT;
    count = 0;
  }

  void name(int start, int nameEndIndex) {
    nameStart = start;
    nameEnd = nameEndIndex;
  }

  boolean hasName() {
    return nameStart != ABSENT;
  }

  /** Whether a metric's name may begin with this character. */
  static boolean startsName(byte c) {
    return (CLASSES[c & 0xff] & (LETTER | COLON)) != 0;
  }

  /** One past the metric name that begins at a position. */
  int endOfName(int start) {
    return endOf(start, LETTER | COLON | DIGIT);
  }

  private int endOf(int start, int classes) {
    int at = start;
    while (at < end && (CLASSES[text[at] & 0xff] & classes) != 0) {
      at++;
    }
    return at;
  }

  /** Past blanks and tabs. */
  int skipBlanks(int start) {
    int at = start;
    while (at < end && (text[at] == ' ' || text[at] == '\t')) {
      at++;
    }
    return at;
  }

  /**
   * One past the closing quote of the quoted text that begins at a position.
   *
   * @param lines whether it may hold line breaks
   */
  int endOfQuoted(int start, boolean lines) {
    for (int at = start + 1; at < end; at++) {
      switch (text[at]) {
        case '"' -> {
          if (!Utf8.isValid(text, start, at - start)) {
            throw error("invalid UTF-8 in quotes", start);
          }
          return at + 1;
        }
        case '\\' -> {
          at++;
          if (at < end && text[at] == '\n') {
            throw error("a line break after a backslash", at);
          }
        }
        case '\n' -> {
          if (!lines) {
            throw error("a line break in quotes", at);
          }
        }
        default -> {}
      }
    }
    throw error("quotes that are not closed", start);
  }

  /**
   * Reads labels up to the closing brace.
   *
   * @param start past the opening brace
   * @param strict as OpenMetrics has it: no blanks, commas between labels, no line breaks in values
   * @param exemplar whether these are an exemplar's labels, among which no metric name may stand
   * @return one past the closing brace
   */
  int readLabels(int start, boolean strict, boolean exemplar) {
    int at = strict ? start : skipBlanks(start);
    while (true) {
      if (at >= end) {
        throw error("expected label name, got the end", at);
      }
      if (text[at] == '}') {
        return at + 1;
      }
      int labelStart = at;
      int labelEnd;
      boolean quoted = text[at] == '"';
      if (quoted) {
        at = endOfQuoted(at, !exemplar);
        labelStart++;
        labelEnd = at - 1;
      } else if (CLASSES[text[at] & 0xff] == LETTER) {
        at = endOf(at, LETTER | DIGIT);
        labelEnd = at;
      } else {
        throw error("expected label name", at);
      }
      at = strict ? at : skipBlanks(at);
      byte next = at < end ? text[at] : 0;
      if (quoted && !exemplar && (next == ',' || next == '}')) {
        if (hasName()) {
          throw error("metric name already set", labelStart);
        }
        name(labelStart, labelEnd);
      } else {
        if (next != '=') {
          throw error("expected equal", at);
        }
        at = strict ? at + 1 : skipBlanks(at + 1);
        if (at >= end || text[at] != '"') {
          throw error("expected label value", at);
        }
        int valueStart = at + 1;
        at = endOfQuoted(at, !strict);
        add(labelStart, labelEnd, valueStart, at - 1);
        at = strict ? at : skipBlanks(at);
      }
      if (at < end && text[at] == ',') {
        at = strict ? at + 1 : skipBlanks(at + 1);
      } else if (strict && (at >= end || text[at] != '}')) {
        throw error("expected comma or brace close", at);
      }
    }
  }

  private void add(int labelStart, int labelEnd, int valueStart, int valueEnd) {
    if (count == 4 * LABELS_MAX) {
      throw error("a sample may have at most %d labels".formatted(LABELS_MAX), labelStart);
    }
    if (count + 4 > offsets.length) {
      offsets = Arrays.copyOf(offsets, offsets.length * 2);
    }
    offsets[count++] = labelStart;
    offsets[count++] = labelEnd;
    offsets[count++] = valueStart;
    offsets[count++] = valueEnd;
  }

  /** One past the characters up to a blank, tab or line break. */
  int endOfWord(int start) {
    int at = start;
    while (at < end && text[at] != ' ' && text[at] != '\t' && text[at] != '\n') {
      at++;
    }
    return at;
  }

  /** The number in a range of the text. */
  double number(int start, int wordEnd) {
    try {
      return DecimalReader.parse(text, start, wordEnd);
    } catch (NumberFormatException e) {
      throw error(String.valueOf(e.getMessage()), start);
    }
  }

  /**
   * The labels read.
   *
   * @param type decides whether {@code le} or {@code quantile} is normalised
   */
  Labels labels(MetricType type) {
    Labels.Builder builder = Labels.builder();
    if (hasName()) {
      builder.set(Labels.METRIC_NAME, unescaped(nameStart, nameEnd));
    }
    for (int i = 0; i < count; i += 4) {
      String label = unescaped(offsets[i], offsets[i + 1]);
      if (builder.get(label) != null) {
        throw error("label name \"%s\" is not unique".formatted(label), offsets[i]);
      }
      String value = unescaped(offsets[i + 2], offsets[i + 3]);
      builder.set(label, normalized(type, label, value));
    }
    return builder.build();
  }

  /** The labels read, packed. */
  byte[] packedLabels(MetricType type) {
    return LabelSetTable.pack(labels(type));
  }

  private static String normalized(MetricType type, String label, String value) {
    boolean isNumber =
        (type == MetricType.HISTOGRAM && label.equals("le"))
            || (type == MetricType.SUMMARY && label.equals("quantile"));
    if (!isNumber) {
      return value;
    }
    byte[] digits = value.getBytes(StandardCharsets.UTF_8);
    try {
      return DecimalText.openMetrics(DecimalReader.parse(digits, 0, digits.length));
    } catch (NumberFormatException e) {
      return value; // Prometheus keeps what is no number as it is.
    }
  }

  /** The text of a range. */
  String string(int start, int stringEnd) {
    return new String(text, start, stringEnd - start, StandardCharsets.UTF_8);
  }

  /** The text of a range with {@code \"}, {@code \\} and {@code \n} resolved. */
  String unescaped(int start, int stringEnd) {
    return unescape(string(start, stringEnd), true);
  }

  /** Resolves {@code \\}, {@code \n} and, if asked to, {@code \"}; other backslashes stay. */
  static String unescape(String text, boolean quotes) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char next = c == '\\' && i + 1 < text.length() ? text.charAt(i + 1) : 0;
      if (next == '\\' || next == 'n' || (next == '"' && quotes)) {
        out.append(next == 'n' ? '\n' : next);
        i++;
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  /** An error with the line in which it happened. */
  WireFormatException error(String message, int at) {
    int from = Math.min(at, end);
    int lineStart = from;
    while (lineStart > 0 && text[lineStart - 1] != '\n' && from - lineStart < 80) {
      lineStart--;
    }
    int lineEnd = from;
    while (lineEnd < end && text[lineEnd] != '\n' && lineEnd - from < 20) {
      lineEnd++;
    }
    return new WireFormatException(
        "%s while parsing: \"%s\"".formatted(message, string(lineStart, lineEnd)), at);
  }
}
