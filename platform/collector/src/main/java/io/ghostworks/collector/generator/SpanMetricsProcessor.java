package io.ghostworks.collector.generator;

import io.ghostworks.collector.generator.GeneratorSettings.DimensionMapping;
import io.ghostworks.collector.generator.GeneratorSettings.Intrinsics;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.model.record.ValueText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts spans, their latencies and sizes, by service, operation, kind, status and what else is
 * configured. Not thread-safe.
 *
 * <p>Source: the behaviour of Tempo's modules/generator/processor/spanmetrics.
 */
final class SpanMetricsProcessor implements SpanProcessor {
  private static final Set<String> INTRINSIC =
      Set.of("service", "span_name", "span_kind", "status_code", "status_message");

  private final GeneratorSettings.SpanMetrics settings;
  private final SpanMetricsNames names;
  private final SeriesRegistry registry;
  private final SpanFilter filter;
  private final SeriesGroup group;
  private final @Nullable TargetInfo targetInfo;
  private final int calls;
  private final int latency;
  private final int size;
  private final KeyBytes key = new KeyBytes();

  SpanMetricsProcessor(GeneratorSettings all, SeriesRegistry registry) {
    GeneratorSettings.SpanMetrics settings = all.spanMetrics();
    this.settings = settings;
    this.names = SpanMetricsNames.of(all.names());
    this.registry = registry;
    this.filter = new SpanFilter(settings.filterPolicies());
    List<SeriesFamily> families = new ArrayList<>();
    this.calls = settings.count() ? families.size() : -1;
    if (settings.count()) {
      families.add(SeriesFamily.counter(names.calls(), "Spans, by service and operation."));
    }
    this.latency = settings.latency() ? families.size() : -1;
    if (settings.latency()) {
      families.add(
          SeriesFamily.histogram(
              names.latency(), "Durations of spans.", settings.buckets(), all.histograms()));
    }
    this.size = settings.size() ? families.size() : -1;
    if (settings.size()) {
      families.add(SeriesFamily.counter(names.size(), "Bytes of spans in protobuf."));
    }
    int series = families.stream().mapToInt(SeriesFamily::series).sum();
    this.group = registry.group(families, series);
    this.targetInfo = settings.targetInfo() ? new TargetInfo(settings, registry) : null;
  }

  /** The rows of a batch that share a resource share what is read from it. */
  private final class Resource {
    final int number;
    final ResourceNames names;
    final byte[] keyPart;
    boolean targetInfoSet;

    Resource(SpanBatch batch, int number) {
      this.number = number;
      this.names = ResourceNames.of(batch.resources().attributes(), number);
      key.clear();
      key.put(names.service() == null ? "" : names.service());
      key.put(names.job());
      key.put(names.instance());
      this.keyPart = key.copy();
    }
  }

  /** The batch's ids of the attributes that become labels. */
  private static final class Columns {
    final int[] dimensions;
    final int[][] mappings;

    Columns(GeneratorSettings.SpanMetrics settings, SpanBatch batch) {
      dimensions = ids(settings.dimensions(), batch);
      mappings =
          settings.mappings().stream()
              .map(mapping -> ids(mapping.sourceLabels(), batch))
              .toArray(int[][]::new);
    }

    private static int[] ids(List<String> keys, SpanBatch batch) {
      return keys.stream().mapToInt(name -> batch.keys().find(name)).toArray();
    }
  }

  @Override
  public int push(SpanBatch batch, SpanWindow window, Weigher weigher, long nowMs) {
    Columns columns = new Columns(settings, batch);
    Resource resource = null;
    int counted = 0;
    for (int row = 0; row < batch.rows(); row++) {
      if (!window.takes(batch, row) || !filter.takes(batch, row)) {
        continue;
      }
      if (resource == null || resource.number != batch.resource(row)) {
        resource = new Resource(batch, batch.resource(row));
      }
      count(batch, row, resource, columns, weigher.weight(batch, row), nowMs);
      counted++;
    }
    return counted;
  }

  private void count(
      SpanBatch batch, int row, Resource resource, Columns columns, double weight, long nowMs) {
    makeKey(batch, row, resource, columns);
    SeriesEntry entry = group.find(key);
    if (entry == null) {
      entry = group.add(key, labels(batch, row, resource, columns));
    }
    entry.updatedMs = nowMs;
    if (calls >= 0) {
      entry.add(calls, weight);
    }
    if (latency >= 0) {
      long nanos = Math.max(0, batch.endNanos(row) - batch.startNanos(row));
      entry.observe(
          latency,
          nanos / names.nanosPerUnit(),
          weight,
          batch.traceIdHigh(row),
          batch.traceIdLow(row),
          batch.spanId(row));
    }
    if (size >= 0) {
      entry.add(size, SpanSize.of(batch, row));
    }
    if (targetInfo != null && !resource.targetInfoSet) {
      targetInfo.set(batch, resource.number, resource.names, nowMs);
      resource.targetInfoSet = true;
    }
  }

  private void makeKey(SpanBatch batch, int row, Resource resource, Columns columns) {
    Intrinsics intrinsics = settings.intrinsics();
    ByteArena arena = batch.arena();
    key.clear();
    key.putRaw(resource.keyPart);
    key.putByte(intrinsics.spanKind() ? batch.kind(row) : 0);
    key.putByte(intrinsics.statusCode() ? batch.statusCode(row) : 0);
    if (intrinsics.spanName()) {
      putSlice(arena, batch.name(row));
    }
    if (intrinsics.statusMessage()) {
      putSlice(arena, batch.statusMessage(row));
    }
    for (int dimension : columns.dimensions) {
      putValue(batch, row, dimension);
    }
    for (int[] mapping : columns.mappings) {
      for (int source : mapping) {
        putValue(batch, row, source);
      }
    }
  }

  private void putSlice(ByteArena arena, long slice) {
    key.put(arena.array(), ByteArena.offset(slice), ByteArena.length(slice));
  }

  private void putValue(SpanBatch batch, int row, int keyId) {
    AttributeColumns attributes = batch.resources().attributes();
    int entry = keyId < 0 ? -1 : attributes.find(batch.resource(row), keyId);
    if (entry < 0 && keyId >= 0) {
      attributes = batch.attributes();
      entry = attributes.find(row, keyId);
    }
    if (entry < 0) {
      key.putByte(0);
      return;
    }
    byte type = attributes.values().type(entry);
    key.putByte(type + 1);
    if (ValueColumn.isSlice(type)) {
      putSlice(attributes.values().arena(), attributes.values().payload(entry));
    } else {
      key.putLong(attributes.values().payload(entry));
    }
  }

  private Labels labels(SpanBatch batch, int row, Resource resource, Columns columns) {
    Intrinsics intrinsics = settings.intrinsics();
    Labels.Builder labels = Labels.builder();
    String service = resource.names.service();
    if (intrinsics.service() && service != null) {
      labels.set(names.service(), service);
    }
    if (intrinsics.spanName()) {
      labels.set("span_name", batch.arena().text(batch.name(row)));
    }
    if (intrinsics.spanKind()) {
      labels.set("span_kind", SpanWords.kind(batch.kind(row)));
    }
    if (intrinsics.statusCode()) {
      labels.set("status_code", SpanWords.status(batch.statusCode(row)));
    }
    if (intrinsics.statusMessage()) {
      labels.set("status_message", batch.arena().text(batch.statusMessage(row)));
    }
    for (int i = 0; i < columns.dimensions.length; i++) {
      labels.set(
          dimensionLabel(settings.dimensions().get(i)), value(batch, row, columns.dimensions[i]));
    }
    for (int i = 0; i < columns.mappings.length; i++) {
      DimensionMapping mapping = settings.mappings().get(i);
      labels.set(dimensionLabel(mapping.name()), mapped(batch, row, mapping, columns.mappings[i]));
    }
    if (settings.targetInfo()) {
      labels.set("job", resource.names.job());
      labels.set("instance", settings.instanceLabel() ? resource.names.instance() : "");
    }
    return registry.withExternalLabels(labels.build());
  }

  /** A dimension that is named as a label of the span's own gets two underscores in front. */
  static String dimensionLabel(String key) {
    String name = LabelName.of(key);
    return INTRINSIC.contains(name) ? "__" + name : name;
  }

  private static String mapped(SpanBatch batch, int row, DimensionMapping mapping, int[] sources) {
    StringBuilder joined = new StringBuilder();
    for (int source : sources) {
      String value = value(batch, row, source);
      if (!value.isEmpty()) {
        joined.append(joined.isEmpty() ? "" : mapping.join()).append(value);
      }
    }
    return joined.toString();
  }

  private static String value(SpanBatch batch, int row, int keyId) {
    if (keyId < 0) {
      return "";
    }
    AttributeColumns attributes = batch.resources().attributes();
    int entry = attributes.find(batch.resource(row), keyId);
    if (entry < 0) {
      attributes = batch.attributes();
      entry = attributes.find(row, keyId);
    }
    String text = entry < 0 ? null : ValueText.of(attributes.values(), entry);
    return text == null ? "" : text;
  }
}
