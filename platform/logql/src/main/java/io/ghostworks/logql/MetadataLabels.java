package io.ghostworks.logql;

import io.ghostworks.model.label.AttributeNames;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.DetectedLevel;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.Signal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells which labels the structured metadata of records in a range may have. Asks the store at the
 * first question. Used by one thread.
 */
public final class MetadataLabels {
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
  private final long startNanos;
  private final long endNanos;
  private final QueryContext context;
  private final List<Attribute> attributes = new ArrayList<>();
  private boolean isRead;
  private boolean areTooMany;

  /**
   * @param endNanos exclusive
   */
  public MetadataLabels(RecordSource source, long startNanos, long endNanos, QueryContext context) {
    this.source = source;
    this.startNanos = startNanos;
    this.endNanos = endNanos;
    this.context = context;
  }

  private record Attribute(Field field, String label) {

    /** A map among the attributes becomes several labels that start with its name. */
    boolean mayBecome(String name) {
      return name.startsWith(label);
    }
  }

  /** Whether the structured metadata of a record may have a label. */
  boolean mayHave(String label) {
    if (OWN_NAMES.contains(bare(label))) {
      return true;
    }
    read();
    return areTooMany
        || attributes.stream()
            .anyMatch(each -> each.mayBecome(label) || each.label().equals(bare(label)));
  }

  /** Whether the labels of a stream say what these are for each of its records. */
  public boolean areDecidedBy(Labels stream, Collection<String> labels) {
    for (String name : labels) {
      if (!stream.has(name) && mayHave(name)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The attributes that may become a label, whole or by what is in them; empty where there are too
   * many to know.
   */
  Optional<List<Field>> attributesOf(String label) {
    read();
    return areTooMany
        ? Optional.empty()
        : Optional.of(
            attributes.stream()
                .filter(each -> each.mayBecome(label))
                .map(Attribute::field)
                .toList());
  }

  private static String bare(String label) {
    return label.endsWith(CLASH) ? label.substring(0, label.length() - CLASH.length()) : label;
  }

  private void read() {
    if (isRead) {
      return;
    }
    isRead = true;
    for (Field.Scope scope : SCOPES) {
      List<String> keys =
          source.attributeKeys(Signal.LOGS, scope, startNanos, endNanos, KEYS_MAX, context);
      areTooMany |= keys.size() >= KEYS_MAX;
      for (String key : keys) {
        attributes.add(new Attribute(new Field(scope, key), AttributeNames.LOKI.labelOrKey(key)));
      }
    }
  }
}
