package io.ghostworks.rules;

import io.ghostworks.model.TenantId;
import io.ghostworks.query.AskedQuery;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.RunningQueries;
import io.ghostworks.runtime.memory.MemoryBudget;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The evaluations of rules in all languages while they run: each has its time and its part of a
 * memory that no user's query takes of; all end when this is closed. Thread-safe.
 */
public final class RuleQueries implements AutoCloseable {

  private final RunningQueries queries;
  private final Limits limits;
  private final Set<QueryContext> running = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * What one evaluation may take.
   *
   * @param budget what all evaluations share, and no query of a user
   * @param bytesMax what one may hold of it
   */
  public record Limits(Duration timeout, MemoryBudget budget, long bytesMax) {}

  public RuleQueries(RunningQueries queries, Limits limits) {
    this.queries = queries;
    this.limits = limits;
  }

  /** Evaluates an expression within its limits. */
  <T> T evaluate(
      TenantId tenant,
      RuleLanguage language,
      String expression,
      Function<QueryContext, T> evaluation) {
    try (QueryContext context =
        queries.open(
            new AskedQuery(tenant, AskedQuery.Kind.RULE, language.word(), expression, "rules"),
            limits.timeout,
            limits.budget,
            limits.bytesMax)) {
      running.add(context);
      if (closed) {
        context.cancel();
      }
      try {
        return evaluation.apply(context);
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
}
