package io.ghostworks.rules.test;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.promql.eval.EngineOptions;
import io.ghostworks.promql.eval.PromqlEngine;
import io.ghostworks.promql.eval.QueryResult;
import io.ghostworks.promql.script.MemorySeries;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryException;
import io.ghostworks.rules.InstantQuery;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.runtime.time.Clock;
import java.time.Duration;
import java.util.List;

/** Asks the series of a test. */
final class TestQueries implements InstantQuery {
  private static final long MEMORY_BYTES = 256L << 20;
  private static final Duration TIMEOUT = Duration.ofSeconds(100);

  private final MemorySeries series;
  private final EngineOptions options;
  private final MemoryBudget budget = new MemoryLedger().open("rules/test", MEMORY_BYTES);

  TestQueries(MemorySeries series, EngineOptions options) {
    this.series = series;
    this.options = options;
  }

  @Override
  public List<Element> evaluate(TenantId tenant, String expression, long timestampMs) {
    return switch (result(expression, timestampMs)) {
      case QueryResult.Vector vector ->
          vector.samples().stream()
              .map(sample -> new Element(sample.labels(), sample.value(), sample.histogram()))
              .toList();
      case QueryResult.Scalar scalar -> List.of(new Element(Labels.EMPTY, scalar.value()));
      case QueryResult.Matrix ignored -> throw unusable();
      case QueryResult.StringResult ignored -> throw unusable();
    };
  }

  /** The value of an expression of any type. */
  QueryResult result(String expression, long timestampMs) {
    try (QueryContext context =
        new QueryContext(TenantId.DEFAULT, Clock.system(), TIMEOUT, budget, MEMORY_BYTES)) {
      return PromqlEngine.instant(expression, timestampMs, context, series, options).result();
    }
  }

  private static QueryException unusable() {
    return new QueryException(
        QueryException.Kind.EXECUTION, "rule result is not a vector or scalar");
  }
}
