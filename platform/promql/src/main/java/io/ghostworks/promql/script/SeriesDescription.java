package io.ghostworks.promql.script;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.Samples;
import io.ghostworks.promql.text.DurationText;
import io.ghostworks.promql.text.FloatText;
import io.ghostworks.promql.text.QuotedText;
import io.ghostworks.query.histogram.MutableHistogram;
import java.util.ArrayList;
import java.util.List;

/**
 * A series with its values, as load commands and rule tests write it: {@code up{job="a"} 1 2x3
 * 0+1x10 _ stale {{count:3}}}.
 *
 * @see <a
 *     href="https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/#series">
 *     series notation</a>
 */
public record SeriesDescription(Labels labels, List<SequenceValue> values) {

  /** How many values one item may stand for. */
  private static final int REPETITIONS_MAX = 10_000_000;

  public SeriesDescription {
    values = List.copyOf(values);
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException if it is no series
   */
  public static SeriesDescription parse(String line) {
    return new Parser(line).parse();
  }

  /** One pass over a line. */
  private static final class Parser {
    private final String line;
    private final List<SequenceValue> values = new ArrayList<>();
    private int at;

    Parser(String line) {
      this.line = line;
    }

    SeriesDescription parse() {
      Labels labels = labels();
      skipBlanks();
      while (at < line.length()) {
        item();
        skipBlanks();
      }
      return new SeriesDescription(labels, values);
    }

    private Labels labels() {
      Labels.Builder builder = Labels.builder();
      int start = at;
      while (at < line.length() && isNamePart(line.charAt(at))) {
        at++;
      }
      builder.set(Labels.METRIC_NAME, line.substring(start, at));
      if (at == start && (at == line.length() || line.charAt(at) != '{')) {
        throw error("a metric name or a label set");
      }
      boolean valueLiteral = line.startsWith("{{", at);
      if (at < line.length() && line.charAt(at) == '{' && !valueLiteral) {
        at++;
        braces(builder);
      }
      return builder.build();
    }

    private void braces(Labels.Builder builder) {
      skipBlanks();
      while (!accept('}')) {
        boolean quoted = at < line.length() && isQuote(line.charAt(at));
        String name = quoted ? quoted() : word();
        skipBlanks();
        if (accept('=')) {
          skipBlanks();
          builder.set(name, quoted());
        } else if (quoted) {
          builder.set(Labels.METRIC_NAME, name);
        } else {
          throw error("'=' after label " + name);
        }
        skipBlanks();
        if (!accept(',') && (at >= line.length() || line.charAt(at) != '}')) {
          throw error("',' or '}'");
        }
        skipBlanks();
      }
    }

    private String word() {
      int start = at;
      while (at < line.length() && isNamePart(line.charAt(at))) {
        at++;
      }
      if (start == at) {
        throw error("a label name");
      }
      return line.substring(start, at);
    }

    private String quoted() {
      int start = at;
      if (at >= line.length() || !isQuote(line.charAt(at))) {
        throw error("a quoted text");
      }
      char quote = line.charAt(at++);
      while (at < line.length() && line.charAt(at) != quote) {
        at += line.charAt(at) == '\\' && quote != '`' ? 2 : 1;
      }
      if (at >= line.length()) {
        throw error("a closing quote");
      }
      at++;
      return QuotedText.unquote(line.substring(start, at));
    }

    private void item() {
      if (accept('_')) {
        int count = accept('x') ? repetitions() : 1;
        for (int i = 0; i < count; i++) {
          values.add(SequenceValue.OMITTED);
        }
      } else if (line.startsWith("{{", at)) {
        histograms();
      } else if (line.startsWith("stale", at)) {
        at += "stale".length();
        repeat(Double.longBitsToDouble(Samples.STALE_BITS));
      } else {
        numbers(number());
      }
      if (at < line.length() && !isBlank(line.charAt(at))) {
        throw error("a blank");
      }
    }

    private void repeat(double value) {
      int count = accept('x') ? repetitions() + 1 : 1;
      for (int i = 0; i < count; i++) {
        values.add(SequenceValue.of(value));
      }
    }

    private void numbers(double first) {
      boolean signed = at < line.length() && (line.charAt(at) == '+' || line.charAt(at) == '-');
      if (!signed) {
        repeat(first);
        return;
      }
      double step = number();
      if (!accept('x')) {
        throw error("'x' and a number of repetitions");
      }
      int count = repetitions();
      double value = first;
      for (int i = 0; i <= count; i++) {
        values.add(SequenceValue.of(value));
        value += step;
      }
    }

    private int repetitions() {
      int start = at;
      while (at < line.length() && Character.isDigit(line.charAt(at))) {
        at++;
      }
      if (start == at || at - start > 9) {
        throw error("a number of repetitions");
      }
      int count = Integer.parseInt(line.substring(start, at));
      if (count > REPETITIONS_MAX || values.size() + (long) count > REPETITIONS_MAX) {
        throw new IllegalArgumentException(
            "a series has at most %d values".formatted(REPETITIONS_MAX));
      }
      return count;
    }

    /** A number with an optional sign; ends before a sign that begins a step. */
    private double number() {
      int start = at;
      if (at < line.length() && (line.charAt(at) == '+' || line.charAt(at) == '-')) {
        at++;
      }
      int digits = at;
      while (at < line.length() && isNumberPart(digits)) {
        at++;
      }
      String text = line.substring(digits, at);
      double value = value(text);
      return line.charAt(start) == '-' ? -value : value;
    }

    private boolean isNumberPart(int start) {
      char c = line.charAt(at);
      if (c == '+' || c == '-') {
        char before = at > start ? line.charAt(at - 1) : ' ';
        return before == 'e' || before == 'E';
      }
      return c != 'x' && (Character.isLetterOrDigit(c) || c == '.' || c == '_');
    }

    private double value(String text) {
      try {
        return FloatText.parse(text);
      } catch (NumberFormatException e) {
        return DurationText.parseMs(text) / 1000.0;
      }
    }

    private void histograms() {
      HistogramDescription first = histogram();
      if (at < line.length() && (line.charAt(at) == '+' || line.charAt(at) == '-')) {
        boolean minus = line.charAt(at++) == '-';
        HistogramDescription step = histogram();
        if (!accept('x')) {
          throw error("'x' and a number of repetitions");
        }
        series(first.histogram(), step, minus, repetitions());
        return;
      }
      int count = accept('x') ? repetitions() + 1 : 1;
      for (int i = 0; i < count; i++) {
        values.add(SequenceValue.of(first.histogram(), first.hintSet()));
      }
    }

    private HistogramDescription histogram() {
      int end = line.indexOf("}}", at);
      if (!line.startsWith("{{", at) || end < 0) {
        throw error("a histogram in {{ }}");
      }
      String inner = line.substring(at + 2, end);
      at = end + 2;
      return HistogramDescription.parse(inner);
    }

    private void series(FloatHistogram first, HistogramDescription step, boolean minus, int count) {
      values.add(SequenceValue.of(first, step.hintSet()));
      FloatHistogram current = first;
      for (int i = 0; i < count; i++) {
        if (current.schema() > step.histogram().schema()) {
          throw new IllegalArgumentException(
              "error combining histograms: cannot merge from schema %d to %d"
                  .formatted(step.histogram().schema(), current.schema()));
        }
        MutableHistogram next = MutableHistogram.of(current);
        if (minus) {
          next.subtract(step.histogram());
        } else {
          next.add(step.histogram());
        }
        current = next.toHistogram();
        values.add(SequenceValue.of(current, step.hintSet()));
      }
    }

    private void skipBlanks() {
      while (at < line.length() && isBlank(line.charAt(at))) {
        at++;
      }
    }

    private boolean accept(char c) {
      if (at < line.length() && line.charAt(at) == c) {
        at++;
        return true;
      }
      return false;
    }

    private static boolean isBlank(char c) {
      return c == ' ' || c == '\t';
    }

    private static boolean isQuote(char c) {
      return c == '"' || c == '\'' || c == '`';
    }

    private static boolean isNamePart(char c) {
      return c == '_' || c == ':' || (c < 128 && Character.isLetterOrDigit(c));
    }

    private IllegalArgumentException error(String expected) {
      return new IllegalArgumentException(
          "expected %s at column %d of series %s".formatted(expected, at + 1, line));
    }
  }
}
