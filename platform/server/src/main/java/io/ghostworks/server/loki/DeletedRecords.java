package io.ghostworks.server.loki;

import com.google.re2j.PatternSyntaxException;
import io.ghostworks.logql.syntax.LineFilter;
import io.ghostworks.logql.syntax.LogExpr;
import io.ghostworks.logql.syntax.Stage;
import io.ghostworks.model.label.UserRegex;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.server.http.RequestException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Which records the query of a delete selects: a stream selector and line filters. */
final class DeletedRecords {

  private DeletedRecords() {}

  /**
   * The query as a filter of the store.
   *
   * @throws RequestException if it does not parse, or has more than line filters
   */
  static Filter of(String query) {
    LogExpr parsed = Selectors.lines(query);
    List<Filter> parts = new ArrayList<>();
    parts.add(new Filter.Stream(parsed.matchers()));
    for (Stage stage : parsed.stages()) {
      if (!(stage instanceof Stage.LineFilters lines)) {
        throw refused(stage);
      }
      lines.filters().forEach(line -> parts.add(filter(line)));
    }
    return new Filter.And(parts);
  }

  private static RequestException refused(Object part) {
    return RequestException.bad(
        "a delete takes a stream selector and the line filters |= != |~ !~, and this query has '%s': select the records by their streams and lines\n"
            .formatted(part));
  }

  private static Filter filter(LineFilter line) {
    boolean allEmpty = line.alternatives().stream().allMatch(DeletedRecords::isEmpty);
    List<Filter> alternatives = new ArrayList<>();
    for (LineFilter.Needle needle : line.alternatives()) {
      if (isEmpty(needle) && !allEmpty) {
        continue; // An empty text among others counts for nothing, as in queries.
      }
      if (needle.ip()) {
        throw refused(line);
      }
      alternatives.add(
          switch (line.type()) {
            case CONTAINS, NOT_CONTAINS -> contains(needle.text());
            case REGEXP, NOT_REGEXP -> finds(needle.text());
            case PATTERN, NOT_PATTERN -> throw refused(line);
          });
    }
    Filter any = alternatives.size() == 1 ? alternatives.getFirst() : new Filter.Or(alternatives);
    return line.type().negated() ? new Filter.Not(any) : any;
  }

  private static boolean isEmpty(LineFilter.Needle needle) {
    return needle.text().isEmpty() && !needle.ip();
  }

  private static Filter contains(String text) {
    return text.isEmpty()
        ? Filter.ALL
        : new Filter.Contains(Field.BODY, text.getBytes(StandardCharsets.UTF_8));
  }

  private static Filter finds(String expression) {
    try {
      return new Filter.Finds(Field.BODY, UserRegex.compile(expression));
    } catch (PatternSyntaxException e) {
      throw new RequestException(400, "invalid query expression: " + e.getMessage() + "\n", e);
    }
  }
}
