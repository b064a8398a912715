package io.ghostworks.logql.pipeline;

import io.ghostworks.logql.syntax.MetricExpr;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which labels of a record the series of its sample keeps.
 *
 * @param without whether all but those named
 */
public record LabelGroups(boolean without, Set<String> labels, boolean keepsNone) {
  /** Every label. */
  public static final LabelGroups ALL = new LabelGroups(true, Set.of(), false);

  public LabelGroups {
    labels = Set.copyOf(labels);
  }

  /** Of a grouping in the query; every label where none is written. */
  public static LabelGroups of(MetricExpr.@Nullable Grouping grouping) {
    if (grouping == null) {
      return ALL;
    }
    List<String> labels = grouping.labels();
    return new LabelGroups(
        grouping.without(), Set.copyOf(labels), !grouping.without() && labels.isEmpty());
  }

  /** The same without the label whose value is the sample. */
  LabelGroups dropping(String label) {
    if (keepsNone || (!without && !labels.isEmpty())) {
      return this;
    }
    Set<String> more = new java.util.HashSet<>(labels);
    more.add(label);
    return new LabelGroups(true, more, false);
  }

  boolean keepsAll() {
    return without && labels.isEmpty();
  }

  boolean keeps(String label) {
    return labels.contains(label) != without;
  }
}
