package io.ghostworks.logql.pipeline;

import io.ghostworks.logql.quantity.ByteSizes;
import io.ghostworks.logql.quantity.GoDurations;
import io.ghostworks.logql.quantity.GoFloat;
import io.ghostworks.logql.quantity.QuantityException;
import io.ghostworks.logql.syntax.LabelFilter;
import io.ghostworks.logql.syntax.LogqlParseException;
import io.ghostworks.logql.syntax.Stage;
import io.ghostworks.logql.syntax.Unwrap;
import io.ghostworks.model.label.Labels;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stages of a range aggregation, compiled: of each record that they keep one sample, with the
 * labels of its series. Parsers read no more than the stages, the unwrap and the groups need. Used
 * by one thread at a time.
 */
public final class SamplePipeline {
  private final LogPipeline stages;
  private final boolean ofBytes;
  private final @Nullable Unwrap unwrap;
  private final LabelTest[] postFilters;
  private final LabelGroups groups;
  private double value;

  private SamplePipeline(
      LogPipeline stages,
      boolean ofBytes,
      @Nullable Unwrap unwrap,
      LabelTest[] postFilters,
      LabelGroups groups) {
    this.stages = stages;
    this.ofBytes = ofBytes;
    this.unwrap = unwrap;
    this.postFilters = postFilters;
    this.groups = groups;
  }

  /**
   * Compiles stages.
   *
   * @param ofBytes whether the value is the line's length rather than 1; of no effect with unwrap
   * @param unwrap where the value stands, or null
   * @param groups the labels of the series
   * @throws LogqlParseException if a stage parses but cannot run
   */
  public static SamplePipeline compile(
      List<Stage> stages, boolean ofBytes, @Nullable Unwrap unwrap, LabelGroups groups) {
    List<String> needed = new ArrayList<>();
    StageLabels.collect(stages, needed);
    List<LabelFilter> filters = unwrap == null ? List.of() : unwrap.postFilters();
    filters.forEach(filter -> LabelTests.collectLabels(filter, needed));
    if (unwrap != null) {
      needed.add(unwrap.label());
    }
    LogPipeline pipeline = LogPipeline.compile(stages, ParserHints.of(needed, groups));
    LabelTest[] tests;
    try {
      tests = filters.stream().map(LabelTests::compile).toArray(LabelTest[]::new);
    } catch (IllegalArgumentException e) {
      throw new LogqlParseException(String.valueOf(e.getMessage()));
    }
    return new SamplePipeline(pipeline, ofBytes, unwrap, tests, groups);
  }

  /** Puts a record through, as {@link LogPipeline#process}; whether it gives a sample. */
  public boolean process(
      long timeNanos, byte[] bytes, int from, int to, Labels stream, Labels metadata) {
    if (!stages.process(timeNanos, bytes, from, to, stream, metadata)) {
      return false;
    }
    if (unwrap == null) {
      value = ofBytes ? stages.lineBytes() : 1;
      return true;
    }
    String text = stages.current().find(unwrap.label());
    if (text == null || text.isEmpty()) {
      return false;
    }
    try {
      value = convert(unwrap.conversion(), text);
    } catch (QuantityException e) {
      value = 0;
      stages.current().error("SampleExtractionErr", e.getMessage());
    }
    for (LabelTest filter : postFilters) {
      if (!filter.test(stages.current())) {
        return false;
      }
    }
    return true;
  }

  private static double convert(Unwrap.Conversion conversion, String text) {
    return switch (conversion) {
      case NONE -> GoFloat.parse(text);
      case BYTES -> ByteSizes.parseToDouble(text);
      case DURATION, DURATION_SECONDS -> GoDurations.seconds(GoDurations.parse(text));
    };
  }

  /** The sample of the last record. */
  public double value() {
    return value;
  }

  /**
   * The labels of its series; where a record has {@code __error__}, all of them. The same object is
   * given again for the same labels where possible.
   */
  public Labels labels() {
    return stages.current().grouped(groups);
  }
}
