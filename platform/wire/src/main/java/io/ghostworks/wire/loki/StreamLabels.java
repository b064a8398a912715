package io.ghostworks.wire.loki;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.label.NameValidation;
import io.ghostworks.wire.WireFormatException;

/** Reads a stream's labels from their text, {@code {a="b", c="d"}}. */
final class StreamLabels {
  /** Far above Loki's own default limit, and low enough that nobody waits for it. */
  static final int LABELS_MAX = 128;

  private final String text;
  private int at;

  private StreamLabels(String text) {
    this.text = text;
  }

  /**
   * @throws WireFormatException in Loki's words, if the text is no label set
   */
  static Labels.Builder parse(String text) {
    return new StreamLabels(text).labels();
  }

  /**
   * Labels that came as JSON, as Loki takes them: written as a selector and read again, so that a
   * name that no selector could have is refused.
   *
   * @throws WireFormatException in Loki's words
   */
  static Labels.Builder checked(Labels.Builder labels) {
    if (labels.names().stream().allMatch(NameValidation.LEGACY::isLabelName)) {
      return labels;
    }
    Labels built = labels.build();
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < built.size(); i++) {
      String value =
          built.value(i).replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
      text.append(i == 0 ? "" : ", ").append(built.name(i)).append("=\"").append(value).append('"');
    }
    return parse(text.append('}').toString());
  }

  private Labels.Builder labels() {
    Labels.Builder builder = Labels.builder();
    skipBlanks();
    expect('{');
    skipBlanks();
    int count = 0;
    while (!accept('}')) {
      if (++count > LABELS_MAX) {
        throw tooMany();
      }
      String name = name();
      skipBlanks();
      expect('=');
      skipBlanks();
      String value = value();
      if (builder.get(name) != null) {
        throw new WireFormatException(
            "stream '%s' has duplicate label name: '%s'".formatted(text, name),
            WireFormatException.NOWHERE);
      }
      builder.set(name, value);
      skipBlanks();
      if (!accept(',')) {
        expect('}');
        break;
      }
      skipBlanks();
    }
    skipBlanks();
    if (at < text.length()) {
      throw error("unexpected \"%c\"".formatted(text.charAt(at)));
    }
    return builder;
  }

  static WireFormatException tooMany() {
    return new WireFormatException(
        "entry for stream has more than %d label names".formatted(LABELS_MAX),
        WireFormatException.NOWHERE);
  }

  private String name() {
    int start = at;
    while (at < text.length() && isNamePart(text.charAt(at), at > start)) {
      at++;
    }
    if (at == start) {
      throw error("expecting IDENTIFIER");
    }
    return text.substring(start, at);
  }

  private static boolean isNamePart(char c, boolean inside) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c == '_'
        || (inside && c >= '0' && c <= '9');
  }

  private String value() {
    char quote = at < text.length() ? text.charAt(at) : 0;
    if (quote != '"' && quote != '`') {
      throw error("expecting STRING");
    }
    at++;
    StringBuilder out = new StringBuilder();
    while (at < text.length() && text.charAt(at) != quote) {
      char c = text.charAt(at++);
      if (c == '\n' && quote == '"') {
        throw error("literal not terminated");
      }
      if (c == '\\' && quote == '"') {
        escape(out);
      } else {
        out.append(c);
      }
    }
    if (at >= text.length()) {
      throw error("literal not terminated");
    }
    at++;
    return out.toString();
  }

  private void escape(StringBuilder out) {
    char c = at < text.length() ? text.charAt(at++) : 0;
    switch (c) {
      case 'n' -> out.append('\n');
      case 't' -> out.append('\t');
      case 'r' -> out.append('\r');
      case 'a' -> out.append('\u0007');
      case 'b' -> out.append('\b');
      case 'f' -> out.append('\f');
      case 'v' -> out.append('\u000b');
      case '\\', '"' -> out.append(c);
      case 'x' -> out.appendCodePoint(number(2, 16));
      case 'u' -> out.appendCodePoint(number(4, 16));
      case 'U' -> out.appendCodePoint(number(8, 16));
      default -> {
        if (c < '0' || c > '7') {
          throw error("invalid char escape");
        }
        at--;
        out.appendCodePoint(number(3, 8));
      }
    }
  }

  private int number(int digits, int radix) {
    try {
      int value = Integer.parseInt(text, at, at + digits, radix);
      if (!Character.isValidCodePoint(value)) {
        throw error("invalid char escape");
      }
      at += digits;
      return value;
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw error("invalid char escape");
    }
  }

  private void skipBlanks() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private boolean accept(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(char c) {
    if (!accept(c)) {
      throw error(
          at < text.length()
              ? "unexpected \"%c\", expecting \"%c\"".formatted(text.charAt(at), c)
              : "unexpected end of input, expecting \"%c\"".formatted(c));
    }
  }

  private WireFormatException error(String what) {
    return new WireFormatException(
        "couldn't parse labels: error parsing labels '%s' with error: parse error at line 1, col %d: %s"
            .formatted(text, at + 1, what),
        WireFormatException.NOWHERE);
  }
}
