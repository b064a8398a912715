package io.ghostworks.wire.otlp.metrics;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.label.AttributeNames;
import io.ghostworks.model.label.LabelSetTable;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.MetricType;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.MetricBatch;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.wire.label.LabelPacker;
import io.ghostworks.wire.label.TypeAndUnit;
import io.ghostworks.wire.otlp.AnyValueText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the labels of points: attributes first, then what the resource and the scope add, then the
 * metric's name and {@code le} or {@code quantile}. Attributes whose keys become the same name are
 * joined with {@code ;} in the order of their keys.
 */
final class PointLabels {
  /** Attributes of a point, a resource or a scope that can become labels. */
  private static final int ATTRIBUTES_MAX = 256;

  private static final byte[] NAME = bytes(Labels.METRIC_NAME);
  private static final byte[] JOB = bytes("job");
  private static final byte[] INSTANCE = bytes("instance");

  private final MetricBatch batch;
  private final MetricTranslation translation;
  private final AttributeNames names;
  private final LabelPacker packer = new LabelPacker();
  private final List<byte[]> labelOfKey = new ArrayList<>();
  private final List<Map.Entry<byte[], byte[]>> promoted = new ArrayList<>();
  private final List<Map.Entry<byte[], byte[]>> scopeLabels = new ArrayList<>();
  private MetricType type = MetricType.UNKNOWN;
  private String unit = "";
  private byte[] job = {};
  private byte[] instance = {};

  PointLabels(MetricBatch batch, MetricTranslation translation) {
    this.batch = batch;
    this.translation = translation;
    this.names = translation.labelNames();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Whether the resource gives at least one of {@code job} and {@code instance}. */
  boolean identifiesTarget() {
    return job.length > 0 || instance.length > 0;
  }

  /** Who sends, as {@code job/instance}. */
  String target() {
    return new String(job, StandardCharsets.UTF_8)
        + "/"
        + new String(instance, StandardCharsets.UTF_8);
  }

  private static void checkCount(AttributeColumns attributes, int row) {
    int count = attributes.end(row) - attributes.start(row);
    if (count > ATTRIBUTES_MAX) {
      throw new IllegalArgumentException(
          "a point, resource or scope may have at most %d attributes, got %d"
              .formatted(ATTRIBUTES_MAX, count));
    }
  }

  /** Prepares the labels that a resource gives to its points. */
  void enterResource(int resource) {
    AttributeColumns attributes = batch.resources().attributes();
    checkCount(attributes, resource);
    promoted.clear();
    scopeLabels.clear();
    String serviceName = null;
    String serviceNamespace = null;
    instance = new byte[0];
    for (int entry = attributes.start(resource); entry < attributes.end(resource); entry++) {
      String key = attributes.key(entry);
      switch (key) {
        case "service.name" -> serviceName = AnyValueText.of(attributes.values(), entry);
        case "service.namespace" -> serviceNamespace = AnyValueText.of(attributes.values(), entry);
        case "service.instance.id" -> instance = bytes(AnyValueText.of(attributes.values(), entry));
        default -> {}
      }
      if (translation.promotes(key)) {
        promoted.add(Map.entry(label(attributes.keyId(entry)), value(attributes, entry)));
      }
    }
    job =
        serviceName == null
            ? new byte[0]
            : bytes(serviceNamespace == null ? serviceName : serviceNamespace + "/" + serviceName);
  }

  /** Prepares the labels that a scope gives to its points. */
  void enterScope(int scope) {
    scopeLabels.clear();
    long name = batch.scopes().name(scope);
    if (!translation.promoteScope() || ByteArena.length(name) == 0) {
      return;
    }
    AttributeColumns attributes = batch.scopes().attributes();
    checkCount(attributes, scope);
    for (int entry = attributes.start(scope); entry < attributes.end(scope); entry++) {
      scopeLabels.add(
          Map.entry(
              bytes(names.label("otel_scope_" + attributes.key(entry))), value(attributes, entry)));
    }
    scopeLabels.add(Map.entry(bytes("otel_scope_name"), batch.arena().copy(name)));
    scopeLabels.add(
        Map.entry(bytes("otel_scope_version"), batch.arena().copy(batch.scopes().version(scope))));
    scopeLabels.add(
        Map.entry(
            bytes("otel_scope_schema_url"), batch.arena().copy(batch.scopes().schemaUrl(scope))));
  }

  /** Makes the labels that all series of a point share. */
  void enterPoint(int point) {
    packer.clear();
    checkCount(batch.attributes(), point);
    addAttributes(batch.attributes(), point, false);
    for (Map.Entry<byte[], byte[]> label : promoted) {
      if (packer.find(label.getKey()) < 0) {
        packer.set(label.getKey(), label.getValue());
      }
    }
    addTarget();
    for (Map.Entry<byte[], byte[]> label : scopeLabels) {
      packer.set(label.getKey(), label.getValue());
    }
    if (translation.typeAndUnitLabels()) {
      int _ = TypeAndUnit.set(packer, type, unit);
    }
  }

  /** Says what the metric is whose points come. */
  void enterMetric(MetricType ofMetric, String unitOfMetric) {
    type = ofMetric;
    unit = unitOfMetric;
  }

  /** Makes the labels of {@code target_info}; false if it would say nothing. */
  boolean enterTargetInfo(int resource) {
    packer.clear();
    AttributeColumns attributes = batch.resources().attributes();
    int others = 0;
    for (int entry = attributes.start(resource); entry < attributes.end(resource); entry++) {
      others += isIdentifying(attributes.key(entry)) ? 0 : 1;
    }
    if (others == 0 || !identifiesTarget()) {
      return false;
    }
    addAttributes(attributes, resource, !translation.keepIdentifying());
    addTarget();
    return true;
  }

  private void addTarget() {
    if (job.length > 0) {
      packer.set(JOB, job);
    }
    if (instance.length > 0) {
      packer.set(INSTANCE, instance);
    }
  }

  /** Adds the set of a series of the current point. */
  int series(LabelSetTable sets, byte[] name, byte @Nullable [] extraName, byte[] extraValue) {
    packer.set(NAME, name);
    byte[] replaced = null;
    if (extraName != null) {
      int at = packer.find(extraName);
      replaced = at < 0 ? null : packer.value(at);
      packer.set(extraName, extraValue);
    }
    int set = packer.addTo(sets);
    if (extraName != null) {
      packer.set(extraName, replaced == null ? new byte[0] : replaced);
    }
    return set;
  }

  private void addAttributes(AttributeColumns attributes, int row, boolean withoutIdentifying) {
    boolean collide = false;
    for (int entry = attributes.start(row); entry < attributes.end(row); entry++) {
      byte[] label = label(attributes.keyId(entry));
      if (label.length == NAME.length && attributes.key(entry).equals(Labels.METRIC_NAME)) {
        continue;
      }
      if (withoutIdentifying && isIdentifying(attributes.key(entry))) {
        continue;
      }
      collide |= packer.find(label) >= 0;
      addValue(attributes, entry, label);
    }
    if (collide) {
      join(attributes, row, withoutIdentifying);
    }
  }

  private void addValue(AttributeColumns attributes, int entry, byte[] label) {
    ValueColumn values = attributes.values();
    if (values.type(entry) == ValueColumn.STRING) {
      long slice = values.payload(entry);
      if (ByteArena.length(slice) > 0) {
        packer.add(
            label,
            0,
            label.length,
            values.arena().array(),
            ByteArena.offset(slice),
            ByteArena.length(slice));
      }
    } else {
      byte[] value = value(attributes, entry);
      if (value.length > 0) {
        packer.add(label, value);
      }
    }
  }

  /** The rare case of several keys that become one name: starts again, in the order of the keys. */
  private void join(AttributeColumns attributes, int row, boolean withoutIdentifying) {
    List<Integer> entries = new ArrayList<>();
    for (int entry = attributes.start(row); entry < attributes.end(row); entry++) {
      String key = attributes.key(entry);
      if (!key.equals(Labels.METRIC_NAME) && !(withoutIdentifying && isIdentifying(key))) {
        entries.add(entry);
      }
    }
    entries.sort((left, right) -> Labels.compareUtf8(attributes.key(left), attributes.key(right)));
    Map<String, String> joined = new LinkedHashMap<>();
    for (int entry : entries) {
      String text = AnyValueText.of(attributes.values(), entry);
      joined.merge(
          new String(label(attributes.keyId(entry)), StandardCharsets.UTF_8),
          text,
          (before, more) -> before.isEmpty() ? more : before + ";" + more);
    }
    packer.clear();
    joined.forEach((label, value) -> packer.set(bytes(label), bytes(value)));
  }

  private static boolean isIdentifying(String key) {
    return key.equals("service.name")
        || key.equals("service.namespace")
        || key.equals("service.instance.id");
  }

  /** The label's name of a key, made once a batch. */
  private byte[] label(int keyId) {
    while (labelOfKey.size() <= keyId) {
      labelOfKey.add(new byte[0]);
    }
    byte[] label = labelOfKey.get(keyId);
    if (label.length == 0) {
      label = bytes(names.label(batch.keys().text(keyId)));
      labelOfKey.set(keyId, label);
    }
    return label;
  }

  private static byte[] value(AttributeColumns attributes, int entry) {
    return bytes(AnyValueText.of(attributes.values(), entry));
  }
}
