package io.ghostworks.logql;

import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What of a query a store can decide. Label filters that it cannot are checked on its rows. */
final class LogFilters {
  private static final Set<String> IDS = Set.of("trace_id", "span_id");

  private LogFilters() {}

  /** A filter that every record of the answer fulfils. */
  static Filter of(LogQuery query) {
    List<Filter> parts = new ArrayList<>();
    parts.add(new Filter.Stream(query.matchers()));
    for (LogQuery.Stage stage : query.stages()) {
      switch (stage) {
        case LogQuery.LineFilter line -> parts.add(line(line));
        case LogQuery.LabelStage label -> necessary(label.filter(), parts);
      }
    }
    return new Filter.And(parts);
  }

  private static Filter line(LogQuery.LineFilter filter) {
    List<Filter> alternatives = new ArrayList<>();
    for (LogQuery.LineMatch match : filter.alternatives()) {
      alternatives.add(
          switch (match) {
            case LogQuery.LineMatch.Contains contains ->
                contains.text().isEmpty()
                    ? Filter.ALL
                    : new Filter.Contains(
                        Field.BODY, contains.text().getBytes(StandardCharsets.UTF_8));
            case LogQuery.LineMatch.Finds finds -> new Filter.Finds(Field.BODY, finds.pattern());
          });
    }
    Filter any = alternatives.size() == 1 ? alternatives.getFirst() : new Filter.Or(alternatives);
    return filter.negated() ? new Filter.Not(any) : any;
  }

  /** Adds what must hold for a label filter; only equality of ids is certain enough. */
  private static void necessary(LabelFilter filter, List<Filter> parts) {
    switch (filter) {
      case LabelFilter.And and -> {
        necessary(and.left(), parts);
        necessary(and.right(), parts);
      }
      case LabelFilter.Text text -> {
        if (text.matcher() instanceof LabelMatcher.Equal equal
            && IDS.contains(equal.label())
            && !equal.value().isEmpty()) {
          parts.add(id(equal));
        }
      }
      case LabelFilter.Or or -> {}
      case LabelFilter.Numeric number -> {}
    }
  }

  /** An id stands in its own column, or under its name among labels or attributes. */
  private static Filter id(LabelMatcher.Equal equal) {
    Field column = equal.label().equals("trace_id") ? Field.TRACE_ID : Field.SPAN_ID;
    Filter.Literal value = new Filter.Literal.Text(equal.value());
    return new Filter.Or(
        List.of(
            new Filter.Compare(column, Filter.Operator.EQUAL, value),
            new Filter.Compare(
                new Field(Field.Scope.ATTRIBUTE_OR_RESOURCE, equal.label()),
                Filter.Operator.EQUAL,
                value),
            new Filter.Compare(
                new Field(Field.Scope.RESOURCE, equal.label()), Filter.Operator.EQUAL, value),
            new Filter.Compare(
                new Field(Field.Scope.INSTRUMENTATION, equal.label()),
                Filter.Operator.EQUAL,
                value),
            new Filter.Stream(List.of(equal))));
  }
}
