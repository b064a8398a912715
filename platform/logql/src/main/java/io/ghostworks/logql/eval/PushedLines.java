package io.ghostworks.logql.eval;

import com.google.re2j.PatternSyntaxException;
import io.ghostworks.logql.syntax.LineFilter;
import io.ghostworks.logql.syntax.Stage;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.UserRegex;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Pipelines of line filters alone, as a filter that the store applies: it says neither more nor
 * less.
 */
final class PushedLines {

  private PushedLines() {}

  /** Empty where a stage is anything else. */
  static Optional<Filter> of(List<LabelMatcher> matchers, List<Stage> stages) {
    List<Filter> parts = new ArrayList<>();
    parts.add(new Filter.Stream(matchers));
    for (Stage stage : stages) {
      if (!(stage instanceof Stage.LineFilters lines)) {
        return Optional.empty();
      }
      for (LineFilter line : lines.filters()) {
        if (!add(line, parts)) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(new Filter.And(parts));
  }

  private static boolean add(LineFilter line, List<Filter> parts) {
    List<Filter> alternatives = new ArrayList<>();
    boolean allEmpty = line.alternatives().stream().allMatch(PushedLines::isEmpty);
    for (LineFilter.Needle needle : line.alternatives()) {
      if (isEmpty(needle) && !allEmpty) {
        continue; // An empty text among others counts for nothing, as in Loki.
      }
      Optional<Filter> filter = needle.ip() ? Optional.empty() : filter(line.type(), needle.text());
      if (filter.isEmpty()) {
        return false;
      }
      alternatives.add(filter.get());
    }
    Filter any = alternatives.size() == 1 ? alternatives.getFirst() : new Filter.Or(alternatives);
    parts.add(line.type().negated() ? new Filter.Not(any) : any);
    return true;
  }

  private static boolean isEmpty(LineFilter.Needle needle) {
    return needle.text().isEmpty() && !needle.ip();
  }

  private static Optional<Filter> filter(LineFilter.Type type, String text) {
    return switch (type) {
      case CONTAINS, NOT_CONTAINS ->
          Optional.of(
              text.isEmpty()
                  ? Filter.ALL
                  : new Filter.Contains(Field.BODY, text.getBytes(StandardCharsets.UTF_8)));
      case REGEXP, NOT_REGEXP -> expression(text);
      case PATTERN, NOT_PATTERN -> Optional.empty();
    };
  }

  /** What is no expression is refused, in Loki's words, by the pipeline. */
  private static Optional<Filter> expression(String text) {
    try {
      return Optional.of(new Filter.Finds(Field.BODY, UserRegex.compile(text)));
    } catch (PatternSyntaxException e) {
      return Optional.empty();
    }
  }
}
