package io.ghostworks.server.jaeger;

import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.wire.jaeger.json.JaegerNames;
import java.util.ArrayList;
import java.util.List;

/**
 * A search for traces: some span in the range must meet everything.
 *
 * @param service its service's name, "" for any
 * @param operation its name, "" for any
 * @param startMinNanos the earliest start, inclusive
 * @param startMaxNanos the latest start, inclusive
 * @param durationMinNanos inclusive, 0 for any
 * @param durationMaxNanos inclusive, 0 for any
 * @param limit of traces, at least 1
 */
record TraceQuery(
    String service,
    String operation,
    List<TagCondition> tags,
    long startMinNanos,
    long startMaxNanos,
    long durationMinNanos,
    long durationMaxNanos,
    int limit) {

  TraceQuery {
    tags = List.copyOf(tags);
  }

  /** The spans that are meant, their time aside. */
  Filter filter() {
    List<Filter> parts = new ArrayList<>();
    if (!service.isEmpty()) {
      parts.add(ofService(service));
    }
    if (!operation.isEmpty()) {
      parts.add(text(Field.NAME, operation));
    }
    if (durationMinNanos != 0) {
      parts.add(duration(Filter.Operator.GREATER_OR_EQUAL, durationMinNanos));
    }
    if (durationMaxNanos != 0) {
      parts.add(duration(Filter.Operator.LESS_OR_EQUAL, durationMaxNanos));
    }
    tags.forEach(tag -> parts.add(tag.filter()));
    return new Filter.And(parts);
  }

  /** Spans of a service; those without one have a name in Jaeger as well. */
  static Filter ofService(String name) {
    Filter named = text(Field.SERVICE_NAME, name);
    return name.equals(JaegerNames.NO_SERVICE)
        ? new Filter.Or(List.of(named, text(Field.SERVICE_NAME, "")))
        : named;
  }

  private static Filter text(Field field, String value) {
    return new Filter.Compare(field, Filter.Operator.EQUAL, new Filter.Literal.Text(value));
  }

  private static Filter duration(Filter.Operator operator, long nanos) {
    return new Filter.Compare(Field.DURATION, operator, new Filter.Literal.Whole(nanos));
  }
}
