package io.ghostworks.logql.search;

import io.ghostworks.logql.FoundLine;
import io.ghostworks.model.label.Labels;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line with what was joined to it.
 *
 * @param span {@code span_service}, {@code span_name}, {@code span_status}, {@code span_duration};
 *     empty where nothing was joined
 */
public record SearchedLine(FoundLine found, Labels span) {

  /** The line itself, as templates of LogQL name it. */
  static final String LINE = "__line__";

  /** Its time in nanoseconds since the epoch, as templates of LogQL name it. */
  static final String TIME = "__timestamp__";

  /** The value of a field, or null if the line has none: joined, parsed, metadata, stream. */
  @Nullable String field(String name) {
    if (name.equals(LINE)) {
      return found.line();
    }
    if (name.equals(TIME)) {
      return Long.toString(found.timeNanos());
    }
    String value = span.find(name);
    value = value == null ? found.parsed().find(name) : value;
    value = value == null ? found.structuredMetadata().find(name) : value;
    return value == null ? found.stream().find(name) : value;
  }

  /** All fields but line and time. */
  Map<String, String> fields() {
    Map<String, String> all = new LinkedHashMap<>();
    found.stream().forEach(all::put);
    found.structuredMetadata().forEach(all::put);
    found.parsed().forEach(all::put);
    span.forEach(all::put);
    return all;
  }

  /** About what it holds of memory. */
  long bytes() {
    return found.bytes() + 200L * span.size();
  }
}
