package io.ghostworks.logql;

import com.google.re2j.Pattern;
import io.ghostworks.model.label.LabelMatcher;
import java.util.List;

/**
 * A log query: which streams, and which of their records, by stages in the order of the query.
 *
 * @param matchers conditions on the streams' labels, all of which must hold
 */
public record LogQuery(List<LabelMatcher> matchers, List<Stage> stages) {
  public LogQuery {
    matchers = List.copyOf(matchers);
    stages = List.copyOf(stages);
  }

  /** A step of the pipeline that keeps records or drops them. */
  public sealed interface Stage {}

  /**
   * {@code |= != |~ !~} on the line.
   *
   * @param negated whether none of the alternatives may be found, rather than one must
   */
  public record LineFilter(boolean negated, List<LineMatch> alternatives) implements Stage {
    public LineFilter {
      alternatives = List.copyOf(alternatives);
    }
  }

  /** What is looked for in a line. */
  public sealed interface LineMatch {
    /** A text; the empty one is in every line. */
    record Contains(String text) implements LineMatch {}

    /** An expression that is found anywhere; its anchors are its own. */
    record Finds(Pattern pattern) implements LineMatch {}
  }

  /** A condition on a record's labels: those of its stream and its structured metadata. */
  public record LabelStage(LabelFilter filter) implements Stage {}
}
