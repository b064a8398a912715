package io.ghostworks.logql.search;

import io.ghostworks.model.label.Labels;
import io.ghostworks.query.QueryContext;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts the values of one field. What it holds is reserved in the query. Past the most values that
 * it may hold it forgets them all and counts lines alone.
 */
final class ValueCounts {
  private static final int VALUE_BYTES = 120;

  private final String field;
  private final int distinctMax;
  private final QueryContext context;
  private final Map<String, long[]> counts = new HashMap<>();
  private long reserved;
  private long lines;
  private boolean areTooMany;

  ValueCounts(String field, int distinctMax, QueryContext context) {
    this.field = field;
    this.distinctMax = distinctMax;
    this.context = context;
  }

  void add(String value) {
    lines++;
    if (areTooMany) {
      return;
    }
    long[] count = counts.get(value);
    if (count != null) {
      count[0]++;
      return;
    }
    if (counts.size() == distinctMax) {
      areTooMany = true;
      counts.clear();
      context.release(reserved);
      return;
    }
    long bytes = VALUE_BYTES + 2L * value.length();
    context.reserve(bytes);
    reserved += bytes;
    counts.put(value, new long[] {1});
  }

  FieldValues values(int valuesMax) {
    List<ValueCount> commonest =
        counts.entrySet().stream()
            .map(entry -> new ValueCount(entry.getKey(), entry.getValue()[0]))
            .sorted(
                Comparator.comparingLong(ValueCount::lines)
                    .reversed()
                    .thenComparing(ValueCount::value, Labels::compareUtf8))
            .limit(valuesMax)
            .toList();
    return new FieldValues(field, commonest, lines, areTooMany ? -1 : counts.size());
  }
}
