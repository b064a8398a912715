package io.ghostworks.logql;

import io.ghostworks.model.label.AttributeNames;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.Signal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Tells which labels the structured metadata of records in a range may have. Asks the store at the
 * first question.
 */
final class MetadataLabels implements Predicate<String> {
  private static final int KEYS_MAX = 10_000;
  private static final String DUPLICATE = "_extracted";
  private static final List<Field.Scope> SCOPES =
      List.of(Field.Scope.ATTRIBUTE, Field.Scope.RESOURCE, Field.Scope.INSTRUMENTATION);

  /** Labels of a record that are no attributes. */
  private static final Set<String> OWN =
      Set.of(
          "detected_level",
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
  private final long startNanos;
  private final long endNanos;
  private final QueryContext context;
  private final Set<String> names = new HashSet<>();
  private boolean read;
  private boolean tooMany;

  MetadataLabels(RecordSource source, long startNanos, long endNanos, QueryContext context) {
    this.source = source;
    this.startNanos = startNanos;
    this.endNanos = endNanos;
    this.context = context;
  }

  /** A map among the attributes becomes several labels that start with its name. */
  @Override
  public boolean test(String label) {
    if (!read) {
      read = true;
      readKeys();
    }
    String bare =
        label.endsWith(DUPLICATE) ? label.substring(0, label.length() - DUPLICATE.length()) : label;
    return tooMany
        || OWN.contains(bare)
        || names.stream().anyMatch(name -> label.startsWith(name) || bare.equals(name));
  }

  private void readKeys() {
    for (Field.Scope scope : SCOPES) {
      List<String> keys =
          source.attributeKeys(Signal.LOGS, scope, startNanos, endNanos, KEYS_MAX, context);
      tooMany |= keys.size() >= KEYS_MAX;
      keys.forEach(key -> names.add(AttributeNames.LOKI.labelOrKey(key)));
    }
  }
}
