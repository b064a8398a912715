package io.ghostworks.promql.script;

import io.ghostworks.model.TenantId;
import io.ghostworks.promql.ast.Expr;
import io.ghostworks.promql.eval.EngineOptions;
import io.ghostworks.promql.eval.PromqlEngine;
import io.ghostworks.promql.eval.QueryAnswer;
import io.ghostworks.promql.eval.QueryResult;
import io.ghostworks.promql.eval.SeriesPoints;
import io.ghostworks.promql.parse.ParserOptions;
import io.ghostworks.promql.parse.PromqlParseException;
import io.ghostworks.promql.parse.PromqlParser;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryException;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.runtime.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Runs one script over series in memory, with every experimental feature on, as promqltest does:
 * each instant query also as a range query around its time, and with all times fixed by {@code @}.
 */
final class ScriptRun {
  private static final long MEMORY_BYTES = 256L << 20;
  private static final Pattern QUERY_TIMES = Pattern.compile("(start|end|range|step)\\(\\)");
  private static final EngineOptions OPTIONS =
      new EngineOptions(ParserOptions.ALL, 300_000, 50_000_000, 60_000, true, true, false, 0);

  private final MemorySeries series = new MemorySeries();
  private final MemoryBudget budget = new MemoryLedger().open("script", MEMORY_BYTES);
  private final List<Outcome> outcomes = new ArrayList<>();

  /**
   * What became of one case.
   *
   * @param failure why it failed, or ""
   */
  record Outcome(int line, String failure) {}

  static List<Outcome> run(String script) {
    ScriptRun run = new ScriptRun();
    for (ScriptCommand command : ScriptParser.parse(script)) {
      run.execute(command);
    }
    return run.outcomes;
  }

  private void execute(ScriptCommand command) {
    switch (command) {
      case ScriptCommand.Clear clear -> series.clear();
      case ScriptCommand.Load load -> load.into(series);
      case ScriptCommand.Unreadable unreadable ->
          outcomes.add(new Outcome(unreadable.line(), unreadable.reason()));
      case ScriptCommand.Eval eval -> outcomes.add(new Outcome(eval.line(), evaluate(eval)));
    }
  }

  private String evaluate(ScriptCommand.Eval eval) {
    try {
      return eval.isRange()
          ? range(eval, eval.query(), eval.startMs(), eval.endMs(), eval.stepMs())
          : instant(eval);
    } catch (RuntimeException e) {
      return "cannot be run: " + e;
    }
  }

  private String range(
      ScriptCommand.Eval eval, String query, long startMs, long endMs, long stepMs) {
    return check(
        eval,
        query,
        context -> PromqlEngine.range(query, startMs, endMs, stepMs, context, series, OPTIONS));
  }

  private String instant(ScriptCommand.Eval eval) {
    long timeMs = eval.timeMs();
    String failure = instantAt(eval, eval.query(), timeMs);
    if (!failure.isEmpty()) {
      return failure;
    }
    Expr expr;
    try {
      expr = new PromqlParser(ParserOptions.ALL).parse(eval.query());
    } catch (PromqlParseException e) {
      return ""; // its failure was expected
    }
    Optional<String> fixed = AtVariants.fixed(expr, timeMs);
    if (fixed.isPresent()) {
      for (long time : AtVariants.evaluationTimes(timeMs)) {
        failure = instantAt(eval, fixed.get(), time);
        if (!failure.isEmpty()) {
          return "as %s at %d: %s".formatted(fixed.get(), time, failure);
        }
      }
    }
    return "";
  }

  private String instantAt(ScriptCommand.Eval eval, String query, long timeMs) {
    String failure =
        check(
            eval, query, context -> PromqlEngine.instant(query, timeMs, context, series, OPTIONS));
    boolean comparable =
        eval.isComparableAsRange() && !eval.expects("fail") && !QUERY_TIMES.matcher(query).find();
    if (!failure.isEmpty() || !comparable) {
      return failure;
    }
    String inRange = rangeAround(eval, query, timeMs);
    return inRange.isEmpty() ? "" : "in range mode: " + inRange;
  }

  private String check(
      ScriptCommand.Eval eval, String query, Function<QueryContext, QueryAnswer> evaluation) {
    QueryAnswer answer;
    try (QueryContext context = context()) {
      answer = evaluation.apply(context);
    } catch (QueryException e) {
      String message = String.valueOf(e.getMessage());
      if (!eval.expects("fail")) {
        return "error evaluating %s: %s".formatted(query, message);
      }
      for (Expectation expected : eval.expectations("fail")) {
        if (!expected.matches(message)) {
          return "expected error matching %s, but got: %s".formatted(expected, message);
        }
      }
      return "";
    }
    if (eval.expects("fail")) {
      return "expected an error but got none";
    }
    String annotations = annotations(eval, answer);
    return annotations.isEmpty() ? new ResultCheck(eval).difference(answer.result()) : annotations;
  }

  private QueryContext context() {
    return new QueryContext(
        TenantId.DEFAULT, Clock.system(), Duration.ofSeconds(100), budget, MEMORY_BYTES);
  }

  private static String annotations(ScriptCommand.Eval eval, QueryAnswer answer) {
    String warnings = annotations(eval, "warn", answer.warnings());
    return warnings.isEmpty() ? annotations(eval, "info", answer.infos()) : warnings;
  }

  private static String annotations(ScriptCommand.Eval eval, String type, List<String> found) {
    List<Expectation> expected = eval.expectations(type);
    if (eval.expects("no_" + type) && !found.isEmpty()) {
      return "unexpected %s annotations: %s".formatted(type, found);
    }
    for (Expectation expectation : expected) {
      if (found.stream().noneMatch(expectation::matches)) {
        return "expected %s annotation matching %s, found: %s".formatted(type, expectation, found);
      }
    }
    for (String text : found) {
      if (!expected.isEmpty() && expected.stream().noneMatch(e -> e.matches(text))) {
        return "unexpected %s annotation: %s".formatted(type, text);
      }
    }
    return "";
  }

  /** Evaluates the query a minute before, at and after its time and compares the middle. */
  private String rangeAround(ScriptCommand.Eval eval, String query, long timeMs) {
    QueryResult result;
    try (QueryContext context = context()) {
      result =
          PromqlEngine.range(
                  query, timeMs - 60_000, timeMs + 60_000, 60_000, context, series, OPTIONS)
              .result();
    } catch (QueryException e) {
      return "error evaluating %s: %s".formatted(query, e.getMessage());
    }
    if (eval.expects("ordered")) {
      return "";
    }
    List<QueryResult.Sample> samples = new ArrayList<>();
    for (SeriesPoints points : ((QueryResult.Matrix) result).series()) {
      for (int i = 0; i < points.size(); i++) {
        if (points.timestampMs(i) == timeMs) {
          samples.add(
              new QueryResult.Sample(points.labels(), points.value(i), points.histogram(i)));
        }
      }
    }
    ResultCheck check = new ResultCheck(eval);
    return eval.scalar() != null && !samples.isEmpty()
        ? check.difference(new QueryResult.Scalar(timeMs, samples.getFirst().value()))
        : check.vector(samples, false);
  }
}
