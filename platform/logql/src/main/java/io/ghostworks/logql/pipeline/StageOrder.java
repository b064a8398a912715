package io.ghostworks.logql.pipeline;

import io.ghostworks.logql.syntax.LineFilter;
import io.ghostworks.logql.syntax.Stage;
import java.util.ArrayList;
import java.util.List;

/**
 * Moves line filters to the front, as Loki does: past every stage but label filters and those that
 * write a new line. Decolorize does not count as one, so that a filter behind it sees the line with
 * its colours.
 */
final class StageOrder {
  private StageOrder() {}

  static List<Stage> filtersFirst(List<Stage> stages) {
    List<Stage> ordered = new ArrayList<>();
    List<LineFilter> filters = new ArrayList<>();
    List<Stage> others = new ArrayList<>();
    for (Stage stage : stages) {
      if (stage instanceof Stage.LineFilters lines) {
        filters.addAll(lines.filters());
        continue;
      }
      if (stage instanceof Stage.LabelStage) {
        flush(ordered, filters, others);
      }
      others.add(stage);
      if (stage instanceof Stage.LabelStage
          || stage instanceof Stage.LineFormat
          || stage instanceof Stage.Unpack) {
        flush(ordered, filters, others);
      }
    }
    flush(ordered, filters, others);
    return ordered;
  }

  private static void flush(List<Stage> out, List<LineFilter> filters, List<Stage> others) {
    if (!filters.isEmpty()) {
      out.add(new Stage.LineFilters(filters));
    }
    out.addAll(others);
    filters.clear();
    others.clear();
  }
}
