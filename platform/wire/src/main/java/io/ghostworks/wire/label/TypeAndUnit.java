package io.ghostworks.wire.label;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.MetricType;
import java.nio.charset.StandardCharsets;

/**
 * The labels {@code __type__} and {@code __unit__}, by which a series tells its family's type and
 * unit (Prometheus schema/labels.go, the feature type-and-unit-labels).
 */
public final class TypeAndUnit {
  /** The label with the type's word. */
  public static final String TYPE = "__type__";

  /** The label with the unit. */
  public static final String UNIT = "__unit__";

  private static final byte[] TYPE_BYTES = TYPE.getBytes(StandardCharsets.UTF_8);
  private static final byte[] UNIT_BYTES = UNIT.getBytes(StandardCharsets.UTF_8);
  private static final int LENGTHS_BYTES = 10;

  private TypeAndUnit() {}

  /** With what is known of the family; it wins over labels of the same name. */
  public static Labels added(Labels labels, MetricType type, String unit) {
    if (type == MetricType.UNKNOWN && unit.isEmpty()) {
      return labels;
    }
    Labels.Builder builder = labels.toBuilder();
    if (type != MetricType.UNKNOWN) {
      builder.set(TYPE, type.word());
    }
    if (!unit.isEmpty()) {
      builder.set(UNIT, unit);
    }
    return builder.build();
  }

  /**
   * Sets them in place of labels of the same name.
   *
   * @return how many bytes they take at most
   */
  public static int set(LabelPacker labels, MetricType type, String unit) {
    int bytes = 0;
    if (type != MetricType.UNKNOWN) {
      bytes += set(labels, TYPE_BYTES, type.word());
    }
    if (!unit.isEmpty()) {
      bytes += set(labels, UNIT_BYTES, unit);
    }
    return bytes;
  }

  private static int set(LabelPacker labels, byte[] name, String value) {
    byte[] text = value.getBytes(StandardCharsets.UTF_8);
    labels.set(name, text);
    return name.length + text.length + LENGTHS_BYTES;
  }
}
