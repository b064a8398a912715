package io.ghostworks.logql.script;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a script into commands. The patterns run over a test's own lines only.
 *
 * <p>Source: Loki, {@code pkg/logql/internal/logqltest/README.md}.
 */
final class ScriptParser {
  private static final Pattern INSTANT =
      Pattern.compile("^eval\\s*instant\\s*at\\s+(\\S+)\\s+(.+)$");
  private static final Pattern RANGE =
      Pattern.compile(
          "^eval\\s*range\\s*from\\s+(\\S+)\\s+to\\s+(\\S+)\\s+step\\s+(\\S+)\\s+(.+)$");

  /** Beyond Loki's language, which has no log queries. */
  private static final Pattern LINES =
      Pattern.compile(
          "^eval\\s+lines\\s+from\\s+(\\S+)\\s+to\\s+(\\S+)(?:\\s+limit\\s+(\\d{1,9}))?"
              + "(?:\\s+(forward|backward))?\\s+(\\{.+)$");

  private static final int LINES_DEFAULT = 1000;

  private final String[] lines;
  private final List<ScriptCommand> commands = new ArrayList<>();
  private int at;

  private ScriptParser(String text) {
    this.lines = text.split("\n", -1);
  }

  static List<ScriptCommand> parse(String text) {
    ScriptParser parser = new ScriptParser(text);
    while (parser.at < parser.lines.length) {
      parser.command();
    }
    return parser.commands;
  }

  /** A command that cannot be read becomes one that fails; the script goes on behind its block. */
  private void command() {
    String text = ScriptText.withoutComment(lines[at]).strip();
    int line = ++at;
    if (text.isEmpty()) {
      return;
    }
    String word = text.split("\\s+", 2)[0];
    try {
      switch (word) {
        case "clear" -> commands.add(new ScriptCommand.Clear());
        case "load" -> load(line);
        case "eval" -> eval(line, text);
        default -> throw new IllegalArgumentException("unexpected command \"%s\"".formatted(word));
      }
    } catch (IllegalArgumentException e) {
      commands.add(new ScriptCommand.Unreadable(line, String.valueOf(e.getMessage())));
      block(content -> {});
    }
  }

  private void load(int line) {
    List<ScriptCommand.ScriptEntry> entries = new ArrayList<>();
    block(content -> {
      try {
        LoadLine.parse(content, entries);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "invalid load line \"%s\": %s".formatted(content, e.getMessage()), e);
      }
    });
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("load block has no data lines");
    }
    commands.add(new ScriptCommand.Load(line, entries));
  }

  private void eval(int line, String text) {
    Matcher instant = INSTANT.matcher(text);
    Matcher range = RANGE.matcher(text);
    Matcher logLines = LINES.matcher(text);
    ExpectedParser expected = new ExpectedParser();
    if (instant.matches()) {
      long time = ScriptText.nanos("instant time", instant.group(1));
      block(expected::line);
      commands.add(
          new ScriptCommand.Eval(line, instant.group(2).strip(), time, time, 0, expected.get()));
    } else if (range.matches()) {
      long start = ScriptText.nanos("range start", range.group(1));
      long end = ScriptText.nanos("range end", range.group(2));
      long step = ScriptText.nanos("range step", range.group(3));
      if (step <= 0 || end < start) {
        throw new IllegalArgumentException(
            "a range needs a positive step and an end that is not before its start: \"%s\""
                .formatted(text));
      }
      block(expected::line);
      commands.add(
          new ScriptCommand.Eval(line, range.group(4).strip(), start, end, step, expected.get()));
    } else if (logLines.matches()) {
      block(expected::line);
      commands.add(
          new ScriptCommand.EvalLines(
              line,
              logLines.group(5).strip(),
              ScriptText.nanos("range start", logLines.group(1)),
              ScriptText.nanos("range end", logLines.group(2)),
              logLines.group(3) == null ? LINES_DEFAULT : Integer.parseInt(logLines.group(3)),
              "forward".equals(logLines.group(4)),
              expected.get()));
    } else {
      throw new IllegalArgumentException("malformed eval: \"%s\"".formatted(text));
    }
  }

  /** The indented lines that follow, up to a blank one or one that is not indented. */
  private void block(Consumer<String> action) {
    while (at < lines.length) {
      String line = lines[at];
      if (line.isBlank()) {
        return;
      }
      boolean comment = line.strip().startsWith("#");
      boolean indented = line.charAt(0) == ' ' || line.charAt(0) == '\t';
      if (!comment && !indented) {
        return;
      }
      at++;
      String content = comment ? "" : ScriptText.withoutComment(line).strip();
      if (!content.isEmpty()) {
        action.accept(content);
      }
    }
  }
}
