package io.ghostworks.logql.search;

import io.ghostworks.logql.pipeline.LogPipeline;
import io.ghostworks.logql.syntax.LogqlParseException;
import io.ghostworks.logql.syntax.LogqlParser;
import io.ghostworks.logql.syntax.Stage;
import io.ghostworks.model.label.Labels;
import io.ghostworks.query.QueryException;
import java.util.List;

/**
 * A label filter of LogQL that is asked of lines with what was joined to them. A field that a
 * number is compared with and that is none does not fulfil it.
 */
public record FieldCondition(Stage.LabelStage filter) {

  private static final String BEFORE = "{a=\"a\"} | ";
  private static final String ERROR = "__error__";

  /**
   * Reads a condition.
   *
   * @throws QueryException of kind BAD_QUERY if the text is no label filter
   */
  public static FieldCondition parse(String text) {
    try {
      List<Stage> stages = LogqlParser.parseLog(BEFORE + text).stages();
      if (stages.size() == 1 && stages.getFirst() instanceof Stage.LabelStage filter) {
        return new FieldCondition(filter);
      }
    } catch (LogqlParseException e) {
      throw new QueryException(
          QueryException.Kind.BAD_QUERY, refusal(text) + ": " + e.getMessage(), e);
    }
    throw new QueryException(QueryException.Kind.BAD_QUERY, refusal(text));
  }

  private static String refusal(String text) {
    return "'where' must be a label filter of LogQL such as span_duration > 1s, got '%s'"
        .formatted(text);
  }

  /** The condition, ready to be asked by one thread. */
  Test compiled() {
    LogPipeline pipeline;
    try {
      pipeline = LogPipeline.compile(List.of(filter));
    } catch (LogqlParseException e) {
      throw new QueryException(QueryException.Kind.BAD_QUERY, e.getMessage(), e);
    }
    return line -> {
      Labels all = Labels.of(line.fields());
      return pipeline.process(line.found().timeNanos(), new byte[0], 0, 0, all, Labels.EMPTY)
          && (all.has(ERROR) || !pipeline.parsedLabels().has(ERROR));
    };
  }

  /** Whether a line fulfils the condition. */
  @FunctionalInterface
  interface Test {
    boolean test(SearchedLine line);
  }
}
