package io.ghostworks.logql.eval;

import io.ghostworks.logql.pipeline.LabelGroups;
import io.ghostworks.logql.pipeline.SamplePipeline;
import io.ghostworks.logql.syntax.LogRange;
import io.ghostworks.logql.syntax.LogqlParseException;
import io.ghostworks.logql.syntax.MetricExpr;
import io.ghostworks.logql.syntax.RangeOperation;
import io.ghostworks.logql.syntax.Stage;
import io.ghostworks.logql.syntax.Unwrap;
import io.ghostworks.model.label.LabelMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a range aggregation makes of each row: the stages that the row goes through, what is counted
 * or read as its value, and which labels make its series. Source of the rules: Loki, {@code
 * pkg/logql/syntax/extractor.go} and {@code pkg/logql/optimize.go}.
 *
 * @param ofBytes whether the value is the line's length, rather than 1; of no effect with unwrap
 * @param unwrap where the value stands, or null
 * @param groups labels that are kept, or with {@code without} dropped; empty for all labels
 * @param noLabels whether all rows are one series without labels
 */
record Extraction(
    List<LabelMatcher> matchers,
    List<Stage> stages,
    boolean ofBytes,
    @Nullable Unwrap unwrap,
    List<String> groups,
    boolean without,
    boolean noLabels) {

  /**
   * @param outer the grouping of a sum around it, which lines are grouped by already, or null
   */
  static Extraction of(
      MetricExpr.RangeAggregation aggregation, MetricExpr.@Nullable Grouping outer) {
    LogRange range = aggregation.range();
    RangeOperation operation = aggregation.operation();
    MetricExpr.Grouping grouping = outer == null ? aggregation.grouping() : outer;
    boolean ofBytes =
        operation == RangeOperation.BYTES_OVER_TIME || operation == RangeOperation.BYTES_RATE;
    boolean without = grouping != null && grouping.without();
    List<String> groups =
        grouping == null
            ? new ArrayList<>()
            : new ArrayList<>(grouping.labels().stream().distinct().sorted().toList());
    boolean noLabels =
        operation == RangeOperation.ABSENT_OVER_TIME
            || (grouping != null && !without && groups.isEmpty());
    Unwrap unwrap = range.unwrap();
    if (unwrap != null && (groups.isEmpty() || without)) {
      without = true;
      groups.add(unwrap.label());
    }
    List<Stage> stages = range.left().stages();
    return new Extraction(
        range.left().matchers(),
        ofBytes ? stages : withoutIdleFormats(stages),
        ofBytes,
        unwrap,
        List.copyOf(groups),
        without,
        noLabels);
  }

  /**
   * The pipeline, compiled for one thread.
   *
   * @throws LogqlParseException if a stage parses but cannot run
   */
  SamplePipeline pipeline() {
    LabelGroups kept =
        new LabelGroups(without || (groups.isEmpty() && !noLabels), Set.copyOf(groups), noLabels);
    return SamplePipeline.compile(stages, ofBytes, unwrap, kept);
  }

  /** Without each line_format after which nothing reads the line. */
  private static List<Stage> withoutIdleFormats(List<Stage> stages) {
    List<Stage> kept = new ArrayList<>();
    for (int i = 0; i < stages.size(); i++) {
      boolean idle =
          stages.get(i) instanceof Stage.LineFormat
              && stages.subList(i, stages.size()).stream().noneMatch(Extraction::readsLine);
      if (!idle) {
        kept.add(stages.get(i));
      }
    }
    return List.copyOf(kept);
  }

  private static boolean readsLine(Stage stage) {
    return switch (stage) {
      case Stage.LineFilters filters -> true;
      case Stage.Json json -> true;
      case Stage.JsonExpressions json -> true;
      case Stage.Logfmt logfmt -> true;
      case Stage.LogfmtExpressions logfmt -> true;
      case Stage.Regexp regexp -> true;
      case Stage.PatternParser pattern -> true;
      case Stage.Unpack unpack -> true;
      case Stage.LabelStage label -> false;
      case Stage.LineFormat format -> false;
      case Stage.LabelFormats formats -> false;
      case Stage.Decolorize decolorize -> false;
      case Stage.Drop drop -> false;
      case Stage.Keep keep -> false;
    };
  }
}
