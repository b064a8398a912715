package io.ghostworks.logql.script;

import com.google.re2j.Pattern;
import io.ghostworks.model.label.Labels;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a script expects of a query.
 *
 * @param ordered whether the series must come in this order
 * @param comparesValues whether values count, rather than only which there are
 */
record Expected(Outcome outcome, boolean ordered, boolean comparesValues) {

  /** Exactly one kind of outcome. */
  sealed interface Outcome {
    /** The query fails, with a message that contains a text and matches an expression. */
    record Failure(Optional<String> text, Optional<Pattern> regex) implements Outcome {
      boolean matches(String message) {
        return text.map(message::contains).orElse(true)
            && regex.map(pattern -> pattern.matcher(message).find()).orElse(true);
      }

      @Override
      public String toString() {
        return text.map(wanted -> "one that contains '%s'".formatted(wanted))
            .or(() -> regex.map(wanted -> "one that matches '%s'".formatted(wanted)))
            .orElse("any");
      }
    }

    /** No series. */
    record Empty() implements Outcome {}

    /** A number. */
    record Scalar(double value) implements Outcome {}

    /** These lines; those of equal labels in this order. */
    record Lines(List<Line> lines) implements Outcome {
      public Lines {
        lines = List.copyOf(lines);
      }
    }

    /** These series. */
    record AllOf(List<Series> series) implements Outcome {
      public AllOf {
        series = List.copyOf(series);
      }
    }
  }

  /** A line of a log query's result; the labels are all that it has, of whatever origin. */
  record Line(Labels labels, String text, long timeNanos) {}

  /** The points of a series, one a step; empty where there is none. */
  record Series(Labels labels, List<OptionalDouble> points) {
    public Series {
      points = List.copyOf(points);
    }
  }
}
