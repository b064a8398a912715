package io.ghostworks.server.zipkin;

import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.server.spans.PrintedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What some span of each wanted trace must fulfil, as far as the store can decide it; the rest is
 * decided of the whole trace. As other spans of the trace may meet the other conditions, one is
 * taken, the one that fewest spans should meet: a tag with its value, then a name, then a tag or an
 * annotation, then the duration.
 */
final class LeadingSpans {

  /** Tags of Zipkin that are no attributes here, or not with that value. */
  private static final Set<String> OWN_FIELDS =
      Set.of(
          "error",
          "otel.status_code",
          "otel.status_description",
          "otel.library.name",
          "otel.library.version",
          "otlp.service.name.source",
          "span.kind",
          "w3c.tracestate");

  private static final String LINK = "otlp.link.";
  private static final int STATUS_ERROR = 2;
  private static final long NANOS_PER_MICRO = 1_000;

  private LeadingSpans() {}

  static Filter of(TraceQuery query, StoredNames names) {
    List<Filter> parts = new ArrayList<>();
    if (!query.serviceName().isEmpty()) {
      parts.add(names.is(Field.SERVICE_NAME, query.serviceName()));
    }
    condition(query, names).ifPresent(parts::add);
    return new Filter.And(parts);
  }

  private static Optional<Filter> condition(TraceQuery query, StoredNames names) {
    Optional<Filter> valued = annotation(query, true);
    if (valued.isPresent()) {
      return valued;
    }
    if (!query.spanName().isEmpty()) {
      return Optional.of(names.is(Field.NAME, query.spanName()));
    }
    if (!query.remoteServiceName().isEmpty()) {
      return Optional.of(names.isPeer(query.remoteServiceName()));
    }
    return annotation(query, false).or(() -> duration(query));
  }

  private static Optional<Filter> annotation(TraceQuery query, boolean valued) {
    for (Map.Entry<String, String> wanted : query.annotations().entrySet()) {
      String key = wanted.getKey();
      boolean decided = key.equals("error") || !(OWN_FIELDS.contains(key) || key.startsWith(LINK));
      if (decided && wanted.getValue().isEmpty() != valued) {
        return Optional.of(valued ? tag(key, wanted.getValue()) : tagOrAnnotation(key));
      }
    }
    return Optional.empty();
  }

  private static Filter tag(String key, String value) {
    List<Filter> ways = new ArrayList<>();
    for (Field.Scope scope : List.of(Field.Scope.ATTRIBUTE, Field.Scope.RESOURCE)) {
      ways.add(PrintedText.equal(new Field(scope, key), value));
    }
    if (key.equals("error") && value.equals("true")) {
      ways.add(failed());
    }
    return new Filter.Or(ways);
  }

  private static Filter tagOrAnnotation(String key) {
    int bar = key.indexOf('|');
    String event = bar < 0 ? key : key.substring(0, bar); // What follows are its attributes.
    List<Filter> ways = new ArrayList<>();
    ways.add(new Filter.Exists(new Field(Field.Scope.ATTRIBUTE, key)));
    ways.add(new Filter.Exists(new Field(Field.Scope.RESOURCE, key)));
    ways.add(PrintedText.equal(Field.EVENT_SPAN_NAME, key));
    if (bar >= 0) {
      ways.add(PrintedText.equal(Field.EVENT_SPAN_NAME, event));
    }
    if (key.equals("error")) {
      ways.add(failed());
    }
    return new Filter.Or(ways);
  }

  private static Filter failed() {
    return new Filter.Compare(
        Field.STATUS_CODE, Filter.Operator.EQUAL, new Filter.Literal.Whole(STATUS_ERROR));
  }

  private static Optional<Filter> duration(TraceQuery query) {
    if (query.minMicros() <= 1) {
      return Optional.empty();
    }
    long micros = Math.min(query.minMicros() - 1, Long.MAX_VALUE / NANOS_PER_MICRO); // Rounded.
    return Optional.of(
        new Filter.Compare(
            Field.DURATION,
            Filter.Operator.GREATER_OR_EQUAL,
            new Filter.Literal.Whole(micros * NANOS_PER_MICRO)));
  }
}
