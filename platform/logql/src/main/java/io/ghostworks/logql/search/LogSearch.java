package io.ghostworks.logql.search;

import io.ghostworks.logql.LogEngine;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is asked of the lines of a log query. In this order: lines without one of the texts are left
 * out, then the query's own stages run, spans are joined, {@code where} is asked, of lines with
 * equal distinct fields the first is kept, values are counted, lines are put in order and cut off.
 *
 * @param query LogQL for lines
 * @param startNanos inclusive
 * @param endNanos exclusive
 * @param direction of lines without an order, and of those that are equal in it
 * @param textsIgnoringCase each stands in the stored line; ASCII letters of either case are equal
 * @param joinsSpans whether fields of spans are added
 * @param distinct fields; none where every line counts
 * @param limit lines at most; 0 where only counts are wanted
 * @param top of which field values are counted
 * @param facets whether values of all fields are counted
 * @param valuesMax values told of a field, at least 1
 */
public record LogSearch(
    String query,
    long startNanos,
    long endNanos,
    LogEngine.Direction direction,
    List<String> textsIgnoringCase,
    boolean joinsSpans,
    Optional<FieldCondition> where,
    List<String> distinct,
    Optional<FieldOrder> sort,
    int limit,
    Optional<String> top,
    boolean facets,
    int valuesMax) {

  public LogSearch {
    textsIgnoringCase = List.copyOf(textsIgnoringCase);
    distinct = List.copyOf(distinct);
  }

  /** What of it the store decides. */
  Filter texts() {
    List<Filter> parts = new ArrayList<>();
    for (String text : textsIgnoringCase) {
      parts.add(new Filter.Contains(Field.BODY, text.getBytes(StandardCharsets.UTF_8), true));
    }
    return parts.isEmpty() ? Filter.ALL : new Filter.And(parts);
  }

  /** Whether the first lines of the query are the answer. */
  public boolean endsAtLimit() {
    return where.isEmpty()
        && distinct.isEmpty()
        && sort.isEmpty()
        && top.isEmpty()
        && !facets
        && limit > 0;
  }
}
