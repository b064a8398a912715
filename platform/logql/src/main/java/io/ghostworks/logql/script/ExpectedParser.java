package io.ghostworks.logql.script;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.ghostworks.model.label.UserRegex;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;

/** Reads the lines under an {@code eval}. */
final class ExpectedParser {
  private static final java.util.regex.Pattern SKIP =
      java.util.regex.Pattern.compile("^skip\\s+(\\S+)\\s+on\\s+\"([^\"]+)\"$");

  /** The way in which queries are evaluated here, of those that the language knows. */
  private static final String STACK = "direct";

  private static final Set<String> STACKS =
      Set.of(
          STACK,
          "query-frontend + query-scheduler (no sharding)",
          "query-frontend + query-scheduler (sharding)");

  private static final java.util.regex.Pattern LINE =
      java.util.regex.Pattern.compile("^(\\{.*\\})\\s*([\"`])(.*)\\2\\s*@\\s*(\\S+)$");

  private final List<Expected.Line> lines = new ArrayList<>();
  private final List<Expected.Series> series = new ArrayList<>();
  private final Map<Class<?>, Expected.Outcome> others = new LinkedHashMap<>();
  private boolean ordered;
  private boolean comparesValues = true;

  void line(String line) {
    if (line.startsWith("expect fail")) {
      put(failure(line.substring("expect fail".length()).strip()));
    } else if (line.equals("expect empty")) {
      put(new Expected.Outcome.Empty());
    } else if (line.equals("expect ordered")) {
      ordered = true;
    } else if (line.startsWith("expect ")) {
      throw new IllegalArgumentException("unsupported expect annotation \"%s\"".formatted(line));
    } else if (line.startsWith("skip ")) {
      skip(line);
    } else if (LINE.matcher(line).matches()) {
      lines.add(logLine(line));
    } else if (line.startsWith("{")) {
      series.add(series(line));
    } else {
      put(new Expected.Outcome.Scalar(ScriptText.number(line)));
    }
  }

  /** Of one kind the last line counts. */
  private void put(Expected.Outcome outcome) {
    others.put(outcome.getClass(), outcome);
  }

  private static Expected.Outcome failure(String how) {
    if (how.isEmpty()) {
      return new Expected.Outcome.Failure(Optional.empty(), Optional.empty());
    }
    String text = how.substring(how.indexOf(':') + 1).strip();
    if (how.startsWith("msg:") && !text.isEmpty()) {
      return new Expected.Outcome.Failure(Optional.of(text), Optional.empty());
    }
    if (how.startsWith("regex:") && !text.isEmpty()) {
      return new Expected.Outcome.Failure(Optional.empty(), Optional.of(regex(text)));
    }
    throw new IllegalArgumentException(
        "unsupported `expect fail` qualifier \"%s\" (use `msg: TEXT` or `regex: PATTERN`)"
            .formatted(how));
  }

  private static Pattern regex(String text) {
    try {
      return UserRegex.compile(text);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "invalid regular expression \"%s\": %s".formatted(text, e.getMessage()), e);
    }
  }

  private void skip(String line) {
    Matcher matcher = SKIP.matcher(line);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "invalid skip directive \"%s\" (use: skip <what> on \"<stack>\")".formatted(line));
    }
    if (!matcher.group(1).equals("values-comparison")) {
      throw new IllegalArgumentException(
          "unsupported skip target \"%s\" (only \"values-comparison\")"
              .formatted(matcher.group(1)));
    }
    if (!STACKS.contains(matcher.group(2))) {
      throw new IllegalArgumentException(
          "unknown stack \"%s\" in skip directive".formatted(matcher.group(2)));
    }
    if (matcher.group(2).equals(STACK)) {
      comparesValues = false;
    }
  }

  private static Expected.Line logLine(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("invalid line \"%s\"".formatted(line));
    }
    return new Expected.Line(
        LabelSyntax.series(matcher.group(1)),
        matcher.group(3),
        ScriptText.nanos("time", matcher.group(4)));
  }

  private static Expected.Series series(String line) {
    int end = line.indexOf('}');
    if (end < 0) {
      throw new IllegalArgumentException("unterminated label set in \"%s\"".formatted(line));
    }
    List<OptionalDouble> points = ScriptText.points(line.substring(end + 1));
    if (points.isEmpty()) {
      throw new IllegalArgumentException("series line \"%s\" has no sample values".formatted(line));
    }
    return new Expected.Series(LabelSyntax.series(line.substring(0, end + 1)), points);
  }

  Expected get() {
    List<Expected.Outcome> outcomes = new ArrayList<>(others.values());
    if (!series.isEmpty()) {
      outcomes.add(new Expected.Outcome.AllOf(series));
    }
    if (!lines.isEmpty()) {
      outcomes.add(new Expected.Outcome.Lines(lines));
    }
    if (outcomes.size() != 1) {
      throw new IllegalArgumentException(
          outcomes.isEmpty()
              ? "eval has no expectation: provide series, a scalar, `expect empty`, or `expect"
                  + " fail`"
              : "conflicting expectations: use exactly one of series, a scalar, `expect empty`, or"
                  + " `expect fail`");
    }
    if (ordered && series.isEmpty()) {
      throw new IllegalArgumentException("`expect ordered` requires series");
    }
    return new Expected(outcomes.getFirst(), ordered, comparesValues);
  }
}
