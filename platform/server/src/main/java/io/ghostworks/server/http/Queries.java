package io.ghostworks.server.http;

import io.ghostworks.query.QueryContext;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Opens the context of a query for each exchange that reads, and closes it when the answer has been
 * written.
 */
public final class Queries {

  private final Clock clock;
  private final MemoryBudget budget;
  private final Duration timeout;

  public Queries(Clock clock, MemoryBudget budget, Duration timeout) {
    this.clock = clock;
    this.budget = budget;
    this.timeout = timeout;
  }

  /** Reads stores for an exchange. */
  @FunctionalInterface
  public interface Reading {
    Answer answer(Exchange exchange, QueryContext context);
  }

  /** An endpoint that runs with a context of its exchange's tenant. */
  public Endpoint endpoint(Reading reading) {
    return exchange -> answer(exchange, timeout, reading);
  }

  /** Runs with a context whose time is not the longest one. */
  public CompletionStage<Answer> answer(Exchange exchange, Duration limit, Reading reading) {
    QueryContext context =
        new QueryContext(exchange.tenant(), clock, limit, budget, budget.limitBytes() / 2);
    try {
      Answer answer = reading.answer(exchange, context);
      return CompletableFuture.completedFuture(answer.closing(context::close));
    } catch (RuntimeException | Error e) {
      context.close();
      throw e;
    }
  }

  /** The longest time that a query may take. */
  public Duration timeout() {
    return timeout;
  }

  public Clock clock() {
    return clock;
  }
}
