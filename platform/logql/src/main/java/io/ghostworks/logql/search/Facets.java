package io.ghostworks.logql.search;

import io.ghostworks.query.QueryContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts the values of all fields of lines. Of a field with very many values, such as an id, only
 * the lines are counted; fields beyond the first ones are left out, which {@link #leavesOut} says.
 */
final class Facets {
  private static final int FIELDS_MAX = 500;
  private static final int VALUES_MAX = 1_000;
  private static final int FIELD_BYTES = 300;

  private final QueryContext context;
  private final Map<String, ValueCounts> byField = new TreeMap<>();
  private boolean leavesOut;

  Facets(QueryContext context) {
    this.context = context;
  }

  void add(SearchedLine line) {
    line.fields()
        .forEach((field, value) -> {
          ValueCounts counts = byField.get(field);
          if (counts == null) {
            if (byField.size() == FIELDS_MAX) {
              leavesOut = true;
              return;
            }
            context.reserve(FIELD_BYTES + 2L * field.length());
            counts = new ValueCounts(field, VALUES_MAX, context);
            byField.put(field, counts);
          }
          counts.add(value);
        });
  }

  /** By name. */
  List<FieldValues> values(int valuesMax) {
    List<FieldValues> values = new ArrayList<>();
    byField.values().forEach(counts -> values.add(counts.values(valuesMax)));
    return values;
  }

  /** Whether there were more fields than are counted. */
  boolean leavesOut() {
    return leavesOut;
  }
}
