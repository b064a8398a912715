package io.ghostworks.logql.eval;

import io.ghostworks.model.label.AttributeNames;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.DetectedLevel;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.Signal;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells whether labels can come from the attributes of records in a range, so that streams alone do
 * not say what they are.
 */
final class AttributeLabels {
  private static final int KEYS_MAX = 10_000;

  /** What is added to the name of a label that the stream has too. */
  private static final String CLASH = "_extracted";

  private static final List<Field.Scope> SCOPES =
      List.of(Field.Scope.ATTRIBUTE, Field.Scope.RESOURCE, Field.Scope.INSTRUMENTATION);

  /** Labels of a record that are no attributes. */
  private static final Set<String> OWN_NAMES =
      Set.of(
          DetectedLevel.NAME,
          "trace_id",
          "span_id",
          "severity_number",
          "severity_text",
          "observed_timestamp",
          "event_name",
          "flags",
          "dropped_attributes_count",
          "scope_name",
          "scope_version",
          "scope_dropped_attributes_count");

  private final RecordSource source;
  private final long fromNanos;
  private final long toNanos;
  private final QueryContext context;
  private final Set<String> names = new HashSet<>();
  private boolean isRead;
  private boolean areTooMany;

  AttributeLabels(RecordSource source, long fromNanos, long toNanos, QueryContext context) {
    this.source = source;
    this.fromNanos = fromNanos;
    this.toNanos = toNanos;
    this.context = context;
  }

  /** Whether the labels of a stream say what these are for each of its records. */
  boolean areDecidedBy(Labels stream, Collection<String> labels) {
    for (String name : labels) {
      if (!stream.has(name) && mayBe(name)) {
        return false;
      }
    }
    return true;
  }

  private boolean mayBe(String name) {
    String bare = name.endsWith(CLASH) ? name.substring(0, name.length() - CLASH.length()) : name;
    if (OWN_NAMES.contains(bare)) {
      return true;
    }
    if (!isRead) {
      isRead = true;
      areTooMany = !read();
    }
    // A map among the attributes becomes several labels, with its key in front of their names.
    return areTooMany
        || names.stream().anyMatch(each -> bare.equals(each) || name.startsWith(each));
  }

  /** Reads the labels that attributes of the range become; false where they are too many. */
  private boolean read() {
    for (Field.Scope scope : SCOPES) {
      List<String> keys =
          source.attributeKeys(Signal.LOGS, scope, fromNanos, toNanos, KEYS_MAX, context);
      if (keys.size() >= KEYS_MAX) {
        return false;
      }
      keys.forEach(key -> names.add(AttributeNames.LOKI.labelOrKey(key)));
    }
    return true;
  }
}
