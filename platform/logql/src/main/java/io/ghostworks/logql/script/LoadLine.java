package io.ghostworks.logql.script;

import io.ghostworks.model.label.Labels;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of a {@code load} command: stream, line, start, and in square brackets repetition and
 * structured metadata. The patterns run over a test's own lines only.
 */
final class LoadLine {
  private static final Pattern AT = Pattern.compile("^\\s*@\\s*(\\S+)");
  private static final Pattern REPEAT =
      Pattern.compile("^\\s*\\[repeat every\\s+(\\S+)\\s+for\\s+(\\d+)\\]");
  private static final Pattern METADATA = Pattern.compile("^\\s*\\[metadata\\s+(.*?)\\]");
  private static final Pattern PAIR = Pattern.compile("(?:\"([^\"]*)\"|([^\\s\"=]+))=\"([^\"]*)\"");
  private static final int ENTRIES_MAX = 10_000_000;

  private String rest;

  private LoadLine(String text) {
    this.rest = text.strip();
  }

  /**
   * Adds the entries that a line describes.
   *
   * @throws IllegalArgumentException if it cannot be read
   */
  static void parse(String text, List<ScriptCommand.ScriptEntry> entries) {
    new LoadLine(text).into(entries);
  }

  private void into(List<ScriptCommand.ScriptEntry> entries) {
    Labels stream = LabelSyntax.stream(braces());
    String line = quoted();
    Matcher at = AT.matcher(rest);
    if (!at.find()) {
      throw new IllegalArgumentException("missing '@ <start>' timestamp");
    }
    long start = ScriptText.nanos("start", at.group(1));
    rest = rest.substring(at.end());
    long step = 0;
    int count = 1;
    Matcher repeat = REPEAT.matcher(rest);
    if (repeat.find()) {
      step = ScriptText.nanos("repeat step", repeat.group(1));
      count = count(repeat.group(2), entries.size());
      rest = rest.substring(repeat.end());
    }
    Labels metadata = metadata();
    if (!rest.isBlank()) {
      throw new IllegalArgumentException(
          "unexpected content after log line: \"%s\"".formatted(rest.strip()));
    }
    for (int i = 0; i < count; i++) {
      String text = line.replace("{{.i}}", Integer.toString(i));
      entries.add(new ScriptCommand.ScriptEntry(stream, start + i * step, text, metadata));
    }
  }

  private static int count(String text, int before) {
    long count = text.length() > 9 ? Integer.MAX_VALUE : Long.parseLong(text);
    if (count < 1 || before + count > ENTRIES_MAX) {
      throw new IllegalArgumentException(
          "the repeat count must be at least 1 and the entries of a block at most %d, got \"%s\""
              .formatted(ENTRIES_MAX, text));
    }
    return (int) count;
  }

  private String braces() {
    int end = rest.indexOf('}');
    if (!rest.startsWith("{") || end < 0) {
      throw new IllegalArgumentException("expected stream labels between '{' and '}'");
    }
    String braces = rest.substring(0, end + 1);
    rest = rest.substring(end + 1);
    return braces;
  }

  private String quoted() {
    int start = 0;
    while (start < rest.length() && rest.charAt(start) != '"' && rest.charAt(start) != '`') {
      start++;
    }
    if (start == rest.length()) {
      throw new IllegalArgumentException("missing quoted log line");
    }
    int end = rest.indexOf(rest.charAt(start), start + 1);
    if (end < 0) {
      throw new IllegalArgumentException("unterminated quoted log line");
    }
    String text = rest.substring(start + 1, end);
    rest = rest.substring(end + 1);
    return text;
  }

  private Labels metadata() {
    Matcher matcher = METADATA.matcher(rest);
    if (!matcher.find()) {
      return Labels.EMPTY;
    }
    String inner = matcher.group(1).strip();
    Labels.Builder metadata = Labels.builder();
    Matcher pair = PAIR.matcher(inner);
    while (pair.find()) {
      String key = pair.group(1) != null ? pair.group(1) : pair.group(2);
      if (key == null || key.isEmpty()) {
        throw new IllegalArgumentException("empty metadata key in \"%s\"".formatted(inner));
      }
      metadata.set(key, pair.group(3));
    }
    if (inner.isEmpty() || !PAIR.matcher(inner).replaceAll("").isBlank()) {
      throw new IllegalArgumentException(
          "invalid metadata \"%s\": expected key=\"value\" pairs".formatted(inner));
    }
    rest = rest.substring(matcher.end());
    return metadata.build();
  }
}
