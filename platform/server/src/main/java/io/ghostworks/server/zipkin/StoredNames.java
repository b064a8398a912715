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

  /** What names the other side, by old and by stable conventions. */
  private static final List<Field> PEERS =
      List.of(
          new Field(Field.Scope.ATTRIBUTE, "peer.service"),
          new Field(Field.Scope.ATTRIBUTE, "service.peer.name"));

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

  /** The distinct names of other sides in lower case, sorted. */
  SortedSet<String> ofPeers(Filter filter) {
    SortedSet<String> names = new TreeSet<>();
    PEERS.forEach(field -> names.addAll(of(field, filter)));
    return names;
  }

  /** Spans whose other side has this name in any case. */
  Filter isPeer(String lowerCase) {
    return new Filter.Or(PEERS.stream().map(field -> is(field, lowerCase)).toList());
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
