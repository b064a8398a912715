package io.ghostworks.collector.generator;

import io.ghostworks.collector.config.ConnectorConfig;
import io.ghostworks.collector.config.ConnectorConfig.Dimension;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.column.StringTable;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.model.record.ValueText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts spans, their durations and events as the Collector's spanmetrics connector does. Metrics
 * of resources that are not told apart are counted together. Not thread-safe.
 *
 * <p>Source: the behaviour of opentelemetry-collector-contrib connector/spanmetricsconnector.
 */
final class SpanMetricsConnector implements SpanProcessor {
  /** Resources that are told apart; the metrics of others have no resource. */
  private static final int SENDERS_MAX = 10_000;

  private static final String SERVICE = "service.name";
  private static final String NAME = "span.name";
  private static final String KIND = "span.kind";
  private static final String STATUS = "status.code";

  private final ConnectorConfig.SpanMetrics settings;
  private final SeriesRegistry registry;
  private final SeriesGroup calls;
  private final @Nullable SeriesGroup durations;
  private final @Nullable SeriesGroup events;
  private final Map<String, Sender> senders = new HashMap<>();
  private final KeyBytes key = new KeyBytes();
  private final double nanosPerUnit;
  private final boolean exemplars;

  SpanMetricsConnector(ConnectorConfig.SpanMetrics settings, SeriesRegistry registry) {
    this.settings = settings;
    this.registry = registry;
    this.nanosPerUnit = settings.durations().millis() ? 1e6 : 1e9;
    this.exemplars = settings.exemplarsMax() > 0;
    this.calls = registry.group(List.of(SeriesFamily.counter(name("calls"), "")), 1);
    this.durations = settings.durations().on() ? durationsGroup() : null;
    this.events =
        settings.events()
            ? registry.group(List.of(SeriesFamily.counter(name("events"), "")), 1)
            : null;
  }

  private SeriesGroup durationsGroup() {
    ConnectorConfig.Durations of = settings.durations();
    SeriesFamily family =
        SeriesFamily.points(
            name("duration"),
            "",
            of.millis() ? "ms" : "s",
            of.bounds(),
            of.exponentialMax(),
            settings.exemplarsMax());
    return registry.group(List.of(family), family.series());
  }

  private String name(String metric) {
    return settings.namespace().isEmpty() ? metric : settings.namespace() + "." + metric;
  }

  /** The dimensions of one metric, with the batch's ids of their keys. */
  private static final class Columns {
    final List<Dimension> dimensions;
    final int[] ids;

    Columns(List<Dimension> common, List<Dimension> own, StringTable keys) {
      dimensions = new ArrayList<>(common);
      dimensions.addAll(own);
      ids = dimensions.stream().mapToInt(dimension -> keys.find(dimension.name())).toArray();
    }
  }

  /** The span that is counted, used again for each. */
  private static final class Row {
    private final SpanBatch batch;
    private int row;

    /** −1 but where one is counted. */
    private int event = -1;

    private String service = "";
    private double weight;

    Row(SpanBatch batch) {
      this.batch = batch;
    }
  }

  @Override
  public int push(SpanBatch batch, SpanWindow window, Weigher weigher, long nowMs) {
    StringTable keys = batch.keys();
    Columns ofCalls = new Columns(settings.dimensions(), settings.callsDimensions(), keys);
    Columns ofDurations =
        new Columns(settings.dimensions(), settings.durations().dimensions(), keys);
    Columns ofEvents = new Columns(settings.dimensions(), settings.eventDimensions(), keys);
    int resource = -1;
    String service = null;
    Sender sender = Sender.ALL;
    Row span = new Row(batch);
    int counted = 0;
    for (int row = 0; row < batch.rows(); row++) {
      if (resource != batch.resource(row)) {
        resource = batch.resource(row);
        service = ResourceNames.of(batch.resources().attributes(), resource).service();
        sender = service == null ? Sender.ALL : sender(batch, resource, service, nowMs);
      }
      if (service == null || !window.takes(batch, row)) {
        continue;
      }
      span.row = row;
      span.service = service;
      span.weight = weigher.weight(batch, row);
      SeriesEntry entry = entry(calls, span, sender, ofCalls, nowMs);
      entry.add(0, span.weight);
      double duration = Math.max(0, batch.endNanos(row) - batch.startNanos(row)) / nanosPerUnit;
      exemplar(entry, span, duration);
      if (durations != null) {
        entry(durations, span, sender, ofDurations, nowMs)
            .observe(
                0,
                duration,
                span.weight,
                exemplars ? batch.traceIdHigh(row) : 0,
                exemplars ? batch.traceIdLow(row) : 0,
                batch.spanId(row));
      }
      countEvents(span, sender, ofEvents, duration, nowMs);
      counted++;
    }
    return counted;
  }

  private void countEvents(Row span, Sender sender, Columns columns, double duration, long nowMs) {
    if (events == null) {
      return;
    }
    SpanBatch batch = span.batch;
    for (int event = batch.eventStart(span.row); event < batch.eventEnd(span.row); event++) {
      span.event = event;
      SeriesEntry entry = entry(events, span, sender, columns, nowMs);
      entry.add(0, span.weight);
      exemplar(entry, span, duration);
    }
    span.event = -1;
  }

  private void exemplar(SeriesEntry entry, Row span, double duration) {
    if (exemplars) {
      SpanBatch batch = span.batch;
      int row = span.row;
      entry.exemplar(0, duration, batch.traceIdHigh(row), batch.traceIdLow(row), batch.spanId(row));
    }
  }

  private Sender sender(SpanBatch batch, int resource, String service, long nowMs) {
    Labels.Builder labels = Labels.builder();
    StringBuilder name = new StringBuilder(service);
    if (settings.resources().attributes()) {
      AttributeColumns attributes = batch.resources().attributes();
      for (int entry = attributes.start(resource); entry < attributes.end(resource); entry++) {
        String text = ValueText.of(attributes.values(), entry);
        labels.set(attributes.key(entry), text == null ? "" : text);
      }
      Labels all = labels.build();
      name.setLength(0);
      all.forEach((attribute, value) -> {
        if (settings.resources().keyAttributes().isEmpty()
            || settings.resources().keyAttributes().contains(attribute)) {
          name.append(attribute).append('\0').append(value).append('\0');
        }
      });
    }
    Sender sender = senders.get(name.toString());
    if (sender == null && senders.size() >= SENDERS_MAX) {
      return Sender.ALL;
    }
    if (sender == null) {
      key.clear();
      key.put(name.toString());
      sender = new Sender(key.copy(), labels.build());
      senders.put(name.toString(), sender);
    }
    sender.lastSeenMs = nowMs;
    return sender;
  }

  /** Forgets resources whose metrics have ended. */
  @Override
  public void expire(long seenBeforeMs) {
    senders.values().removeIf(sender -> sender.lastSeenMs < seenBeforeMs);
  }

  private SeriesEntry entry(
      SeriesGroup group, Row span, Sender sender, Columns columns, long nowMs) {
    SpanBatch batch = span.batch;
    int row = span.row;
    key.clear();
    key.putRaw(sender.key);
    key.put(settings.excludedDimensions().contains(SERVICE) ? "" : span.service);
    key.putByte(settings.excludedDimensions().contains(KIND) ? 0 : batch.kind(row));
    key.putByte(settings.excludedDimensions().contains(STATUS) ? 0 : batch.statusCode(row));
    if (!settings.excludedDimensions().contains(NAME)) {
      putSlice(batch.arena(), batch.name(row));
    }
    if (!settings.scopes().isEmpty()) {
      String scope = scope(batch, row);
      key.put(scope);
      putSlice(
          batch.arena(),
          scope.isEmpty() ? ByteArena.EMPTY : batch.scopes().version(batch.scope(row)));
    }
    key.putByte(settings.samplingMethod() && Weigher.isTold(batch, row) ? 1 : 0);
    for (int id : columns.ids) {
      putValue(span, id);
    }
    SeriesEntry entry = group.find(key);
    if (entry == null) {
      entry = group.add(key, labels(span, columns), sender);
    }
    entry.updatedMs = nowMs;
    return entry;
  }

  private void putSlice(ByteArena arena, long slice) {
    key.put(arena.array(), ByteArena.offset(slice), ByteArena.length(slice));
  }

  private void putValue(Row span, int id) {
    AttributeColumns attributes = holder(span, id);
    if (attributes == null) {
      key.putByte(0);
      return;
    }
    int entry = attributes.find(rowIn(attributes, span), id);
    byte type = attributes.values().type(entry);
    key.putByte(type + 1);
    if (ValueColumn.isSlice(type)) {
      putSlice(attributes.values().arena(), attributes.values().payload(entry));
    } else {
      key.putLong(attributes.values().payload(entry));
    }
  }

  /** Whose attribute it is: the span's before the event's before the resource's. */
  private static @Nullable AttributeColumns holder(Row span, int id) {
    SpanBatch batch = span.batch;
    if (id < 0) {
      return null;
    }
    if (batch.attributes().find(span.row, id) >= 0) {
      return batch.attributes();
    }
    if (span.event >= 0 && batch.events().attributes().find(span.event, id) >= 0) {
      return batch.events().attributes();
    }
    AttributeColumns resources = batch.resources().attributes();
    return resources.find(batch.resource(span.row), id) >= 0 ? resources : null;
  }

  private static int rowIn(AttributeColumns attributes, Row span) {
    SpanBatch batch = span.batch;
    return attributes == batch.attributes()
        ? span.row
        : attributes == batch.resources().attributes() ? batch.resource(span.row) : span.event;
  }

  private String scope(SpanBatch batch, int row) {
    String name = batch.arena().text(batch.scopes().name(batch.scope(row)));
    return settings.scopes().contains(name) ? name : "";
  }

  private Labels labels(Row span, Columns columns) {
    SpanBatch batch = span.batch;
    int row = span.row;
    Labels.Builder labels = Labels.builder();
    labels.set(SERVICE, span.service);
    labels.set(NAME, batch.arena().text(batch.name(row)));
    labels.set(KIND, SpanWords.kind(batch.kind(row)));
    labels.set(STATUS, SpanWords.status(batch.statusCode(row)));
    Arrays.asList(SERVICE, NAME, KIND, STATUS).stream()
        .filter(settings.excludedDimensions()::contains)
        .forEach(excluded -> labels.set(excluded, ""));
    for (int i = 0; i < columns.ids.length; i++) {
      Dimension dimension = columns.dimensions.get(i);
      AttributeColumns attributes = holder(span, columns.ids[i]);
      String text = dimension.absent();
      if (attributes != null) {
        int entry = attributes.find(rowIn(attributes, span), columns.ids[i]);
        text = ValueText.of(attributes.values(), entry);
      }
      labels.set(dimension.name(), text == null ? "" : text);
    }
    String scope = scope(batch, row);
    if (!scope.isEmpty()) {
      labels.set("span.instrumentation.scope.name", scope);
      String version = batch.arena().text(batch.scopes().version(batch.scope(row)));
      labels.set("span.instrumentation.scope.version", version);
    }
    if (settings.samplingMethod()) {
      labels.set("sampling.method", Weigher.isTold(batch, row) ? "extrapolated" : "counted");
    }
    return labels.build();
  }
}
