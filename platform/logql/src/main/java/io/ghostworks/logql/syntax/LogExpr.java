package io.ghostworks.logql.syntax;

import io.ghostworks.model.label.LabelMatcher;
import java.util.List;

/**
 * A query for records: which streams, and what happens to their records, stage by stage. Its text
 * is the normal form.
 *
 * @param matchers conditions on the streams' labels, all of which must hold
 */
public record LogExpr(List<LabelMatcher> matchers, List<Stage> stages) implements Expr {
  public LogExpr {
    matchers = List.copyOf(matchers);
    stages = List.copyOf(stages);
  }

  @Override
  public String toString() {
    return Printer.print(this);
  }
}
