package io.ghostworks.logql.script;

import io.ghostworks.logql.LogEngine;
import io.ghostworks.logql.eval.LogqlEngine;
import io.ghostworks.logql.eval.LogqlOptions;
import io.ghostworks.logql.eval.LogqlRequest;
import io.ghostworks.logql.eval.LogqlResult;
import io.ghostworks.model.TenantId;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryException;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.runtime.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs one script over records in memory. */
final class ScriptRun {
  private static final long MEMORY_BYTES = 256L << 20;

  /** The time from which those of a script count. */
  private static final long EPOCH_MS = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

  private static final long EPOCH_NANOS = EPOCH_MS * 1_000_000;

  private final ScriptRecords records = new ScriptRecords();
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
      case ScriptCommand.Clear clear -> records.clear();
      case ScriptCommand.Load load -> load(load);
      case ScriptCommand.Unreadable unreadable ->
          outcomes.add(new Outcome(unreadable.line(), unreadable.reason()));
      case ScriptCommand.Eval eval ->
          outcomes.add(new Outcome(eval.line(), evaluate(request(eval), eval.expected(), eval)));
      case ScriptCommand.EvalLines eval ->
          outcomes.add(new Outcome(eval.line(), evaluate(request(eval), eval.expected(), null)));
    }
  }

  /** An entry that is there already would count once; the language wants entries to differ. */
  private void load(ScriptCommand.Load load) {
    for (ScriptCommand.ScriptEntry entry : load.entries()) {
      if (!records.add(entry, EPOCH_NANOS)) {
        outcomes.add(
            new Outcome(
                load.line(),
                "the entry \"%s\" of %s is there twice: give entries distinct times or use {{.i}}"
                    .formatted(entry.line(), entry.stream())));
        return;
      }
    }
  }

  /**
   * @param metric the command of a metric query, null for a log query
   */
  private String evaluate(
      LogqlRequest request, Expected expected, ScriptCommand.@Nullable Eval metric) {
    LogqlResult result;
    try (QueryContext context = context()) {
      result = LogqlEngine.query(request, context, records, LogqlOptions.UNLIMITED).result();
    } catch (QueryException e) {
      return failed(request.query(), expected, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      return "cannot be run: " + e;
    }
    if (expected.outcome() instanceof Expected.Outcome.Failure) {
      return "expected query \"%s\" to fail".formatted(request.query());
    }
    if (metric != null) {
      return new ResultCheck(metric, EPOCH_MS).difference(result);
    }
    return result instanceof LogqlResult.Streams streams
        ? LinesCheck.difference(expected.outcome(), streams.answer().flattened(), EPOCH_NANOS)
        : "the query gives no log lines";
  }

  private static LogqlRequest request(ScriptCommand.Eval eval) {
    long start = EPOCH_NANOS + eval.startNanos();
    return eval.isInstant()
        ? LogqlRequest.instant(eval.query(), start)
        : LogqlRequest.range(eval.query(), start, EPOCH_NANOS + eval.endNanos(), eval.stepNanos());
  }

  private static LogqlRequest request(ScriptCommand.EvalLines eval) {
    return new LogqlRequest(
        eval.query(),
        EPOCH_NANOS + eval.startNanos(),
        EPOCH_NANOS + eval.endNanos(),
        1,
        eval.limit(),
        eval.forward() ? LogEngine.Direction.FORWARD : LogEngine.Direction.BACKWARD);
  }

  private static String failed(String query, Expected expected, String message) {
    if (!(expected.outcome() instanceof Expected.Outcome.Failure failure)) {
      return "error evaluating \"%s\": %s".formatted(query, message);
    }
    return failure.matches(message)
        ? ""
        : "expected as error %s, got: %s".formatted(failure, message);
  }

  private QueryContext context() {
    return new QueryContext(
        TenantId.DEFAULT, Clock.system(), Duration.ofSeconds(100), budget, MEMORY_BYTES);
  }
}
