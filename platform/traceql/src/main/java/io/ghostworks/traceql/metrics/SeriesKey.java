package io.ghostworks.traceql.metrics;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What tells a series from the others of its query, and pairs it with one of another: its labels in
 * their order, without its name. Source: Tempo's {@code SeriesMapKey}.
 */
record SeriesKey(List<MetricLabel> labels) implements Comparable<SeriesKey> {

  static final SeriesKey EMPTY = new SeriesKey(List.of());

  static SeriesKey of(List<MetricLabel> labels) {
    List<MetricLabel> key = new ArrayList<>(labels.size());
    for (MetricLabel label : labels) {
      if (!label.name().equals(MetricLabel.NAME)) {
        key.add(label);
      }
    }
    return new SeriesKey(List.copyOf(key));
  }

  /**
   * The order by which {@code topk} and {@code bottomk} choose among equal values: texts and names
   * descend, types and numbers ascend.
   */
  @Override
  public int compareTo(SeriesKey other) {
    int most = Math.max(labels.size(), other.labels.size());
    for (int i = 0; i < most; i++) {
      int order = compare(i < labels.size() ? labels.get(i) : null, other.label(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private @Nullable MetricLabel label(int index) {
    return index < labels.size() ? labels.get(index) : null;
  }

  private static int compare(@Nullable MetricLabel left, @Nullable MetricLabel right) {
    int byText = Utf8Order.compare(text(right), text(left));
    if (byText != 0) {
      return byText;
    }
    int byName =
        Utf8Order.compare(right == null ? "" : right.name(), left == null ? "" : left.name());
    if (byName != 0) {
      return byName;
    }
    int byType = Integer.compare(type(left), type(right));
    return byType != 0 ? byType : Long.compareUnsigned(code(left), code(right));
  }

  private static String text(@Nullable MetricLabel label) {
    return label != null && label.value() instanceof LabelValue.Text(String value) ? value : "";
  }

  private static int type(@Nullable MetricLabel label) {
    return label == null
        ? 0
        : switch (label.value()) {
          case LabelValue.Whole whole -> 1;
          case LabelValue.Real real -> 2;
          case LabelValue.Text text -> 3;
          case LabelValue.Bool bool -> 4;
        };
  }

  private static long code(@Nullable MetricLabel label) {
    return label == null
        ? 0
        : switch (label.value()) {
          case LabelValue.Whole(long value) -> value;
          case LabelValue.Real(double value) -> Double.doubleToRawLongBits(value);
          case LabelValue.Text text -> 0;
          case LabelValue.Bool(boolean value) -> value ? 1 : 0;
        };
  }
}
