package io.ghostworks.server.http;

import io.ghostworks.model.TenantId;
import io.ghostworks.query.AskedQuery;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.RunningQueries;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Opens the context of a query for each exchange that reads, and closes it when the answer has been
 * written. A query is listed while it runs, and stopped when its client leaves.
 */
public final class Queries {

  private static final int LOOKUP_TEXT_CHARS_MAX = 2000;

  private final Clock clock;
  private final RunningQueries running;
  private final MemoryBudget budget;
  private final Duration timeout;
  private final Executor later;

  /**
   * @param budget what all queries may hold; one may have half
   * @param timeout of one query
   * @param later runs evaluations that had to wait
   */
  public Queries(
      Clock clock, RunningQueries running, MemoryBudget budget, Duration timeout, Executor later) {
    this.clock = clock;
    this.running = running;
    this.budget = budget;
    this.timeout = timeout;
    this.later = later;
  }

  /** Reads stores for an exchange. */
  @FunctionalInterface
  public interface Reading {
    Answer answer(Exchange exchange, QueryContext context);
  }

  /** An endpoint that looks up what there is, with a context of its exchange's tenant. */
  public Endpoint endpoint(Reading reading) {
    return exchange -> {
      QueryContext context =
          open(exchange, AskedQuery.Kind.LOOKUP, exchange.path(), parameters(exchange), timeout);
      CompletableFuture<Answer> answer = new CompletableFuture<>();
      run(exchange, context, reading, answer);
      return answer;
    };
  }

  /**
   * An endpoint that evaluates queries of a language.
   *
   * @param text of the query
   */
  public Endpoint evaluation(String language, Function<Exchange, String> text, Reading reading) {
    return exchange -> evaluate(exchange, language, text.apply(exchange), timeout, reading);
  }

  /** Evaluates a query, whose time is not the longest one, when it is its turn. */
  public CompletionStage<Answer> evaluate(
      Exchange exchange, String language, String text, Duration limit, Reading reading) {
    QueryContext context = open(exchange, AskedQuery.Kind.EVALUATION, language, text, limit);
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    running.evaluate(
        context,
        later,
        () -> run(exchange, context, reading, answer),
        failure -> {
          context.close();
          answer.completeExceptionally(failure);
        });
    return answer;
  }

  /**
   * Evaluates a query, when it is its turn, whose answer goes out meanwhile: the stream is given at
   * once, and the evaluation feeds it.
   *
   * @param opened makes the stream; the context lives until evaluation and stream have both ended
   */
  public <S extends FedStream> AnswerStream feed(
      Exchange exchange,
      String language,
      String text,
      Duration limit,
      Function<QueryContext, S> opened,
      BiConsumer<QueryContext, S> evaluation) {
    QueryContext context = open(exchange, AskedQuery.Kind.EVALUATION, language, text, limit);
    S stream = opened.apply(context);
    AtomicInteger users = new AtomicInteger(2);
    Runnable leave =
        () -> {
          if (users.decrementAndGet() == 0) {
            context.close();
          }
        };
    Consumer<Throwable> fail =
        failure -> {
          stream.fail(failure);
          leave.run();
        };
    try {
      later.execute(() ->
          running.evaluate(
              context, later, () -> fed(context, stream, evaluation, leave), fail::accept));
    } catch (RuntimeException e) {
      context.close();
      throw e;
    }
    return stream.closing(leave);
  }

  private static <S extends FedStream> void fed(
      QueryContext context, S stream, BiConsumer<QueryContext, S> evaluation, Runnable leave) {
    try {
      evaluation.accept(context, stream);
      stream.end();
    } catch (RuntimeException | Error e) {
      stream.fail(e);
    } finally {
      leave.run();
    }
  }

  /**
   * Lists what goes on until its client leaves, such as a tail. It needs no slot; its work is done
   * in {@link #step}s.
   */
  public QueryContext follow(Exchange exchange, String language, String text, Duration limit) {
    return open(exchange, AskedQuery.Kind.LOOKUP, language, text, limit);
  }

  /** A context for a piece of work of what is listed already, which is not listed again. */
  public QueryContext step(QueryContext listed) {
    return new QueryContext(listed.tenant(), clock, timeout, budget, budget.limitBytes() / 2);
  }

  /** A context for short work of a tenant beside what is listed. */
  public QueryContext unlisted(TenantId tenant) {
    return new QueryContext(tenant, clock, timeout, budget, budget.limitBytes() / 2);
  }

  private QueryContext open(
      Exchange exchange, AskedQuery.Kind kind, String language, String text, Duration limit) {
    String source = exchange.header("user-agent").orElse("");
    QueryContext context =
        running.open(
            new AskedQuery(exchange.tenant(), kind, language, text, source),
            limit,
            budget,
            budget.limitBytes() / 2);
    var _ = exchange.gone().whenComplete((nothing, failure) -> context.cancel());
    return context;
  }

  private static void run(
      Exchange exchange, QueryContext context, Reading reading, CompletableFuture<Answer> answer) {
    try {
      answer.complete(reading.answer(exchange, context).closing(context::close));
    } catch (RuntimeException | Error e) {
      context.close();
      answer.completeExceptionally(e);
    }
  }

  private static String parameters(Exchange exchange) {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, ?> parameter : new TreeMap<>(exchange.parameters()).entrySet()) {
      text.append(text.isEmpty() ? "" : " ").append(parameter.getKey()).append('=');
      text.append(parameter.getValue());
    }
    return text.substring(0, Math.min(text.length(), LOOKUP_TEXT_CHARS_MAX));
  }

  /** The longest time that a query may take. */
  public Duration timeout() {
    return timeout;
  }

  public Clock clock() {
    return clock;
  }
}
