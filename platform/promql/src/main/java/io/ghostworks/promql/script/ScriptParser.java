package io.ghostworks.promql.script;

import com.google.re2j.PatternSyntaxException;
import io.ghostworks.promql.text.DurationText;
import io.ghostworks.promql.text.FloatText;
import io.ghostworks.promql.text.QuotedText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a script of promqltest into commands. The patterns run over a test's own lines only. */
final class ScriptParser {
  private static final Pattern LOAD = Pattern.compile("^load(?:_(with_nhcb))?\\s+(.+?)$");
  private static final Pattern INSTANT =
      Pattern.compile(
          "^eval(?:_(fail|warn|ordered|info))?\\s+instant\\s+(?:at\\s+(.+?))?\\s+(.+)$");
  private static final Pattern RANGE =
      Pattern.compile(
          "^eval(?:_(fail|warn|info))?\\s+range\\s+from\\s+(.+)\\s+to\\s+(.+)\\s+step\\s+(.+?)\\s+(.+)$");
  private static final Pattern EXPECT =
      Pattern.compile(
          "^expect\\s+(ordered|fail|warn|no_warn|info|no_info)(?:\\s+(regex|msg):(.+))?$");
  private static final Pattern EXPECT_RANGE =
      Pattern.compile("^expect range vector\\s+from\\s+(.+)\\s+to\\s+(.+)\\s+step\\s+(.+)$");

  private final List<String> lines = new ArrayList<>();
  private final List<ScriptCommand> commands = new ArrayList<>();
  private int at;

  private ScriptParser(String text) {
    for (String line : text.split("\n", -1)) {
      String stripped = line.strip();
      lines.add(stripped.startsWith("#") ? "" : stripped);
    }
  }

  static List<ScriptCommand> parse(String text) {
    ScriptParser parser = new ScriptParser(text);
    while (parser.at < parser.lines.size()) {
      if (!parser.lines.get(parser.at).isEmpty()) {
        parser.command();
      } else {
        parser.at++;
      }
    }
    return parser.commands;
  }

  /** A command that cannot be read becomes one that fails; the script goes on behind it. */
  private void command() {
    int line = at + 1;
    String text = lines.get(at);
    String word = text.split("[\t ]+", 2)[0].toLowerCase(Locale.ROOT);
    try {
      if (word.equals("clear")) {
        at++;
        commands.add(new ScriptCommand.Clear());
      } else if (word.startsWith("load")) {
        load();
      } else if (word.startsWith("eval")) {
        eval();
      } else {
        throw new IllegalArgumentException("invalid command \"%s\"".formatted(text));
      }
    } catch (IllegalArgumentException | PatternSyntaxException e) {
      commands.add(new ScriptCommand.Unreadable(line, String.valueOf(e.getMessage())));
      while (at < lines.size() && !lines.get(at).isEmpty()) {
        at++;
      }
    }
  }

  private void load() {
    Matcher matcher = LOAD.matcher(lines.get(at));
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "invalid load command. (load[_with_nhcb] <step:duration>)");
    }
    long stepMs = DurationText.parseMs(matcher.group(2));
    List<SeriesDescription> series = new ArrayList<>();
    Map<Integer, StartOffsets> starts = new HashMap<>();
    for (at++; at < lines.size() && !lines.get(at).isEmpty(); at++) {
      String line = lines.get(at);
      if (StartOffsets.isOne(line)) {
        if (starts.put(series.size(), StartOffsets.parse(line)) != null) {
          throw new IllegalArgumentException("@st line has no following sample line");
        }
        continue;
      }
      series.add(SeriesDescription.parse(line));
      checkStarts(starts.get(series.size() - 1), series.getLast());
    }
    if (starts.containsKey(series.size())) {
      throw new IllegalArgumentException("@st line has no following sample line");
    }
    commands.add(new ScriptCommand.Load(stepMs, matcher.group(1) != null, series, starts));
  }

  private static void checkStarts(@Nullable StartOffsets starts, SeriesDescription series) {
    if (starts == null) {
      return;
    }
    if (!starts.labels().equals(series.labels())) {
      throw new IllegalArgumentException(
          "@st metric does not match the following sample line metric");
    }
    if (starts.offsetsMs().size() != series.values().size()) {
      throw new IllegalArgumentException(
          "@st line has %d values but sample line has %d"
              .formatted(starts.offsetsMs().size(), series.values().size()));
    }
  }

  private void eval() {
    String line = lines.get(at);
    Matcher instant = INSTANT.matcher(line);
    Matcher range = RANGE.matcher(line);
    ScriptCommand.Eval eval;
    if (instant.matches()) {
      long timeMs = DurationText.parseMs(instant.group(2) == null ? "" : instant.group(2));
      eval = new ScriptCommand.Eval(at + 1, instant.group(3), timeMs, timeMs, 0, false);
      mode(eval, instant.group(1));
    } else if (range.matches()) {
      eval =
          new ScriptCommand.Eval(
              at + 1,
              range.group(5),
              DurationText.parseMs(range.group(2)),
              DurationText.parseMs(range.group(3)),
              DurationText.parseMs(range.group(4)),
              true);
      mode(eval, range.group(1));
    } else {
      throw new IllegalArgumentException("invalid evaluation command: " + line);
    }
    commands.add(eval);
    int position = 1;
    for (at++; at < lines.size() && !lines.get(at).isEmpty(); at++) {
      if (!expectation(eval, lines.get(at))) {
        position = result(eval, lines.get(at), position);
      }
    }
  }

  private static void mode(ScriptCommand.Eval eval, @Nullable String mode) {
    if (mode != null) {
      eval.expect(Expectation.any(mode));
    }
  }

  private static boolean expectation(ScriptCommand.Eval eval, String line) {
    if (line.startsWith("expected_fail_message")) {
      eval.expect(
          Expectation.message("fail", line.substring("expected_fail_message".length()).strip()));
      return true;
    }
    if (line.startsWith("expected_fail_regexp")) {
      eval.expect(
          Expectation.regex("fail", line.substring("expected_fail_regexp".length()).strip()));
      return true;
    }
    if (line.startsWith("expect range vector")) {
      Matcher matcher = EXPECT_RANGE.matcher(line);
      if (!matcher.matches()) {
        throw new IllegalArgumentException("invalid range vector definition " + line);
      }
      eval.expectMatrix(
          DurationText.parseMs(matcher.group(1)),
          DurationText.parseMs(matcher.group(2)),
          DurationText.parseMs(matcher.group(3)));
      return true;
    }
    if (line.startsWith("expect string")) {
      eval.expectText(QuotedText.unquote(line.substring("expect string".length()).strip()));
      return true;
    }
    if (!line.split(" ", 2)[0].equals("expect")) {
      return false;
    }
    Matcher matcher = EXPECT.matcher(line);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("invalid expect statement: " + line);
    }
    String how = matcher.group(2);
    String text = matcher.group(3) == null ? "" : matcher.group(3).strip();
    eval.expect(
        how == null
            ? Expectation.any(matcher.group(1))
            : how.equals("msg")
                ? Expectation.message(matcher.group(1), text)
                : Expectation.regex(matcher.group(1), text));
    return true;
  }

  private static int result(ScriptCommand.Eval eval, String line, int position) {
    Double number = number(line);
    if (number != null) {
      eval.expectScalar(number);
      return position;
    }
    eval.expectSeries(position, SeriesDescription.parse(line));
    return position + 1;
  }

  @SuppressWarnings("NullAway") // null says that the line is a series
  private static @Nullable Double number(String line) {
    boolean minus = line.startsWith("-");
    try {
      double value = FloatText.parse(minus || line.startsWith("+") ? line.substring(1) : line);
      return minus ? -value : value;
    } catch (NumberFormatException e) {
      return null; // a series
    }
  }
}
