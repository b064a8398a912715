package io.ghostworks.logql.script;

import io.ghostworks.model.label.Labels;
import java.util.Map;
import java.util.TreeMap;

/**
 * Label sets between braces, {@code {a="b", c="d"}}, with Go's escapes in double quotes. Of a
 * stream empty labels are dropped, as Loki does when it stores one; of a result they are kept.
 */
final class LabelSyntax {
  private final String text;
  private int at;

  private LabelSyntax(String text) {
    this.text = text;
  }

  /** The labels of a stream. */
  static Labels stream(String braces) {
    return Labels.of(new LabelSyntax(braces).pairs());
  }

  /** The labels of an expected series, empty ones too. */
  static Labels series(String braces) {
    Map<String, String> pairs = new LabelSyntax(braces).pairs();
    String[] sorted = new String[2 * pairs.size()];
    int size = 0;
    for (Map.Entry<String, String> pair : pairs.entrySet()) {
      sorted[size++] = pair.getKey();
      sorted[size++] = pair.getValue();
    }
    return Labels.ofSorted(sorted);
  }

  private Map<String, String> pairs() {
    Map<String, String> pairs = new TreeMap<>(Labels::compareUtf8);
    expect('{');
    while (!accept('}')) {
      String name = peek() == '"' || peek() == '`' ? string() : name();
      expect('=');
      if (pairs.put(name, string()) != null) {
        throw refusal("the label '%s' is there twice".formatted(name));
      }
      if (!accept(',')) {
        expect('}');
        break;
      }
    }
    blanks();
    if (at < text.length()) {
      throw refusal("unexpected text behind the labels");
    }
    return pairs;
  }

  private String name() {
    blanks();
    int start = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
      at++;
    }
    if (start == at) {
      throw refusal("expected a label name");
    }
    return text.substring(start, at);
  }

  private String string() {
    blanks();
    char quote = at < text.length() ? text.charAt(at) : ' ';
    if (quote != '"' && quote != '`') {
      throw refusal("expected a quoted value");
    }
    StringBuilder value = new StringBuilder();
    for (at++; at < text.length() && text.charAt(at) != quote; at++) {
      char c = text.charAt(at);
      if (c == '\\' && quote == '"' && at + 1 < text.length()) {
        at++;
        value.append(escaped(text.charAt(at)));
      } else {
        value.append(c);
      }
    }
    expect(quote);
    return value.toString();
  }

  private char escaped(char c) {
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case '\\', '"' -> c;
      default -> throw refusal("unknown escape \\" + c);
    };
  }

  private char peek() {
    blanks();
    return at < text.length() ? text.charAt(at) : ' ';
  }

  private boolean accept(char c) {
    boolean found = peek() == c;
    if (found) {
      at++;
    }
    return found;
  }

  private void expect(char c) {
    if (!accept(c)) {
      throw refusal("expected '%s'".formatted(c));
    }
  }

  private void blanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private IllegalArgumentException refusal(String rule) {
    return new IllegalArgumentException(
        "invalid labels '%s' at character %d: %s".formatted(text, at + 1, rule));
  }
}
