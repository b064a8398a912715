package io.ghostworks.server.zipkin;

import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.Signal;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The names that spans in a range have. Zipkin knows names of services and spans in lower case
 * only; in the store they stand as they were sent, so that a name here may be several there.
 */
record StoredNames(RecordSource records, QueryContext context, long startNanos, long endNanos) {

  static final Field PEER_SERVICE = new Field(Field.Scope.ATTRIBUTE, "peer.service");
  private static final int VALUES_MAX = 10_000;

  /** The distinct names in lower case, sorted. */
  SortedSet<String> of(Field field, Filter filter) {
    SortedSet<String> names = new TreeSet<>();
    for (String value : values(field, filter)) {
      if (!value.isEmpty()) {
        names.add(value.toLowerCase(Locale.ROOT));
      }
    }
    return names;
  }

  /** The distinct texts as they were sent, sorted. */
  List<String> values(Field field, Filter filter) {
    return records.fieldValues(
        Signal.SPANS, field, filter, startNanos, endNanos, VALUES_MAX, context);
  }

  /** Spans of which a name is this one in any case. */
  Filter is(Field field, String lowerCase) {
    return new Filter.Or(
        values(field, Filter.ALL).stream()
            .filter(value -> value.toLowerCase(Locale.ROOT).equals(lowerCase))
            .map(value ->
                (Filter)
                    new Filter.Compare(
                        field, Filter.Operator.EQUAL, new Filter.Literal.Text(value)))
            .toList());
  }
}
