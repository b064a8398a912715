package io.ghostworks.wire.otlp.logs;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.label.AttributeNames;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.model.record.ValueText;
import io.ghostworks.wire.loki.ServiceName;
import io.ghostworks.wire.otlp.logs.OtlpAttributes.Action;
import io.ghostworks.wire.otlp.logs.OtlpAttributes.Rule;
import java.util.Arrays;
import java.util.List;

/**
 * Gives the rows of a decoded batch their streams, as Loki's OTLP endpoint does: certain attributes
 * become labels, with underscores for dots, maps entry by entry; others are dropped; {@code
 * service_name} is found or {@code unknown_service}. Everything else stays an attribute, which
 * LogQL finds as structured metadata. Rows without a time get the time of their observation.
 * Immutable and thread-safe.
 *
 * <p>Source: the behaviour of grafana/loki pkg/loghttp/push.
 */
public final class LogStreams {
  private static final String SERVICE_NAME = "service.name";
  private static final String SEVERITY_TEXT = "severity_text";

  private final OtlpAttributes rules;
  private final ServiceName serviceName;
  private final boolean streamsOfRows;

  public LogStreams(OtlpAttributes rules, ServiceName serviceName) {
    this.rules = rules;
    this.serviceName = serviceName;
    this.streamsOfRows = rules.severityTextAsLabel() || has(rules.log(), Action.INDEX_LABEL);
  }

  private static boolean has(List<Rule> rules, Action action) {
    return rules.stream().anyMatch(rule -> rule.action() == action);
  }

  /**
   * Files all rows.
   *
   * @param nowNanos the time of rows that have none at all, since the epoch
   */
  public void assign(LogBatch batch, long nowNanos) {
    Labels[] ofResource = new Labels[batch.resources().size()];
    int[] streamOfResource = new int[ofResource.length];
    Arrays.fill(streamOfResource, -1);
    for (int row = 0; row < batch.rows(); row++) {
      int resource = batch.resource(row);
      if (streamOfResource[resource] < 0) {
        ofResource[resource] = stream(batch, resource);
        streamOfResource[resource] = batch.streams().add(ofResource[resource]);
      }
      batch.setStream(
          row,
          streamsOfRows
              ? batch.streams().add(stream(ofResource[resource], batch, row))
              : streamOfResource[resource]);
      if (batch.timeNanos(row) == 0) {
        if (batch.observedNanos(row) != 0) {
          batch.setTimeObserved(row);
        } else {
          batch.setTimeNanos(row, nowNanos);
        }
      }
    }
    strip(batch.resources().attributes(), rules.resource(), false);
    strip(batch.scopes().attributes(), rules.scope(), false);
    strip(batch.attributes(), rules.log(), true);
  }

  private Labels stream(LogBatch batch, int resource) {
    AttributeColumns attributes = batch.resources().attributes();
    Labels.Builder builder = Labels.builder();
    boolean named = false;
    for (int entry = attributes.start(resource); entry < attributes.end(resource); entry++) {
      String key = attributes.key(entry);
      named |= key.equals(SERVICE_NAME) && !isEmpty(attributes.values(), entry);
      if (OtlpAttributes.of(rules.resource(), key) == Action.INDEX_LABEL) {
        addLabels(builder, attributes, entry);
      }
    }
    // A name that was sent counts also where it is no label.
    return named ? builder.build() : serviceName.discover(builder);
  }

  /** The labels of a row's resource, and those that it has itself. */
  private Labels stream(Labels ofResource, LogBatch batch, int row) {
    Labels.Builder builder = Labels.builder();
    ofResource.forEach(builder::set);
    AttributeColumns attributes = batch.attributes();
    for (int entry = attributes.start(row); entry < attributes.end(row); entry++) {
      if (OtlpAttributes.of(rules.log(), attributes.key(entry)) == Action.INDEX_LABEL) {
        addLabels(builder, attributes, entry);
      }
    }
    long severity = batch.severityText(row);
    if (rules.severityTextAsLabel() && ByteArena.length(severity) > 0) {
      builder.set(SEVERITY_TEXT, batch.arena().text(severity));
    }
    return builder.build();
  }

  private static void addLabels(Labels.Builder builder, AttributeColumns attributes, int entry) {
    ValueText.flatten(
        AttributeNames.LOKI.labelOrKey(attributes.key(entry)),
        attributes.values(),
        entry,
        (name, value) -> {
          if (!value.isEmpty()) {
            builder.set(name, value);
          }
        });
  }

  private static boolean isEmpty(ValueColumn values, int entry) {
    byte type = values.type(entry);
    return type == ValueColumn.NONE
        || (type == ValueColumn.STRING && ByteArena.length(values.payload(entry)) == 0);
  }

  /**
   * Takes out what is dropped, and of records also what became a label; what resources have as
   * labels, reading takes for the same.
   */
  private static void strip(AttributeColumns attributes, List<Rule> rules, boolean labels) {
    if (!has(rules, Action.DROP) && !(labels && has(rules, Action.INDEX_LABEL))) {
      return;
    }
    boolean[] gone = new boolean[attributes.keys().size()];
    for (int key = 0; key < gone.length; key++) {
      Action action = OtlpAttributes.of(rules, attributes.keys().text(key));
      gone[key] = action == Action.DROP || (labels && action == Action.INDEX_LABEL);
    }
    attributes.rewrite((before, row, after) -> {
      for (int entry = before.start(row); entry < before.end(row); entry++) {
        if (!gone[before.keyId(entry)]) {
          after.addKey(before.keyId(entry));
          after.values().add(before.values().type(entry), before.values().payload(entry));
        }
      }
    });
  }
}
