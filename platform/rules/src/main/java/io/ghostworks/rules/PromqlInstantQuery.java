package io.ghostworks.rules;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.promql.eval.EngineOptions;
import io.ghostworks.promql.eval.PromqlEngine;
import io.ghostworks.promql.eval.QueryProfile;
import io.ghostworks.promql.eval.QueryResult;
import io.ghostworks.promql.eval.QueryStatistics;
import io.ghostworks.query.AskedQuery;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryException;
import io.ghostworks.query.RunningQueries;
import io.ghostworks.query.series.SeriesSource;
import io.ghostworks.runtime.memory.MemoryBudget;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates rules over a source of series with the platform's own PromQL, until it is closed.
 * Thread-safe.
 */
public final class PromqlInstantQuery implements InstantQuery, AutoCloseable {

  private final SeriesSource source;
  private final EngineOptions options;
  private final RunningQueries queries;
  private final Limits limits;
  private final RuleQueryLog log;
  private final Set<QueryContext> running = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * What one evaluation may take.
   *
   * @param budget what all evaluations share, and no query of a user
   * @param bytesMax what one may hold of it
   */
  public record Limits(Duration timeout, MemoryBudget budget, long bytesMax) {}

  public PromqlInstantQuery(
      SeriesSource source,
      EngineOptions options,
      RunningQueries queries,
      Limits limits,
      RuleQueryLog log) {
    this.source = source;
    this.options = options;
    this.queries = queries;
    this.limits = limits;
    this.log = log;
  }

  @Override
  public List<Element> evaluate(TenantId tenant, String expression, long timestampMs) {
    return evaluate(tenant, expression, timestampMs, null);
  }

  /** Evaluations are logged where they are made on behalf of a group. */
  @Override
  public InstantQuery onBehalfOf(String file, String group) {
    return (tenant, expression, timestampMs) -> {
      if (!log.isOn()) {
        return evaluate(tenant, expression, timestampMs, null);
      }
      QueryProfile profile = QueryProfile.ofSamples();
      String error = null;
      try {
        return evaluate(tenant, expression, timestampMs, profile);
      } catch (RuntimeException e) {
        error = String.valueOf(e.getMessage());
        throw e;
      } finally {
        QueryStatistics cost = profile.costSoFar();
        if (cost != null) {
          log.logRule(new RuleQueryLog.Asked(file, group, expression), timestampMs, error, cost);
        }
      }
    };
  }

  private List<Element> evaluate(
      TenantId tenant, String expression, long timestampMs, @Nullable QueryProfile profile) {
    try (QueryContext context =
        queries.open(
            new AskedQuery(tenant, AskedQuery.Kind.RULE, "promql", expression, "rules"),
            limits.timeout,
            limits.budget,
            limits.bytesMax)) {
      running.add(context);
      if (closed) {
        context.cancel();
      }
      try {
        return elements(
            PromqlEngine.instant(expression, timestampMs, context, source, options, profile)
                .result());
      } finally {
        running.remove(context);
      }
    }
  }

  /** Cancels what is being evaluated, and what is begun afterwards. */
  @Override
  public void close() {
    closed = true;
    running.forEach(QueryContext::cancel);
  }

  private static List<Element> elements(QueryResult result) {
    return switch (result) {
      case QueryResult.Vector vector ->
          vector.samples().stream()
              .map(sample -> new Element(sample.labels(), sample.value(), sample.histogram()))
              .toList();
      case QueryResult.Scalar scalar -> List.of(new Element(Labels.EMPTY, scalar.value()));
      case QueryResult.Matrix ignored -> throw unusable();
      case QueryResult.StringResult ignored -> throw unusable();
    };
  }

  private static QueryException unusable() {
    return new QueryException(
        QueryException.Kind.EXECUTION, "rule result is not a vector or scalar");
  }
}
