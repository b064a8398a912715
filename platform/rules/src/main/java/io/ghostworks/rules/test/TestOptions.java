package io.ghostworks.rules.test;

import com.google.re2j.Pattern;
import io.ghostworks.promql.eval.EngineOptions;
import org.jspecify.annotations.Nullable;

/**
 * How tests are run.
 *
 * @param engine how expressions are read and evaluated; a test's own interval is the step of its
 *     subqueries
 * @param run only tests whose names this finds; null for all
 * @param diff whether differences are shown line by line, with the colours of a terminal
 * @param debug whether it is told when tests begin and end and what data they have
 * @param ignoreUnknownFields whether rule files may have keys of their owner's own
 */
public record TestOptions(
    EngineOptions engine,
    @Nullable Pattern run,
    boolean diff,
    boolean debug,
    boolean ignoreUnknownFields) {

  /** As promtool runs without flags. */
  public static final TestOptions DEFAULT =
      new TestOptions(EngineOptions.DEFAULT, null, false, false, false);
}
