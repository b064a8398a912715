package io.ghostworks.wire.label;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.MetricType;

/**
 * The labels {@code __type__} and {@code __unit__}, by which a series tells its family's type and
 * unit (Prometheus schema/labels.go, the feature type-and-unit-labels).
 */
public final class TypeAndUnit {
  /** The label with the type's word. */
  public static final String TYPE = "__type__";

  /** The label with the unit. */
  public static final String UNIT = "__unit__";

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
}
