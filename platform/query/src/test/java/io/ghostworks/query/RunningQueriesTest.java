package io.ghostworks.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.model.TenantId;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.runtime.time.SimulatedTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RunningQueriesTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final SimulatedTime time = new SimulatedTime(1_000_000);
  private final MemoryBudget budget = new MemoryLedger().open("queries", 1000);
  private final List<String> log = new ArrayList<>();
  private final QueryWatch watch =
      new QueryWatch() {
        @Override
        public void begins(RunningQuery query) {
          if (query.asked().text().equals("deadly")) {
            throw new QueryException(QueryException.Kind.EXECUTION, "refused");
          }
          log.add("begins " + query.asked().text());
        }

        @Override
        public void ends(RunningQuery query) {
          log.add("ends " + query.asked().text());
        }
      };
  private final RunningQueries running = new RunningQueries(time, time, 1, watch);

  private QueryContext open(String text, AskedQuery.Kind kind) {
    return running.open(
        new AskedQuery(TenantId.DEFAULT, kind, "promql", text, "test"), TIMEOUT, budget, 500);
  }

  private QueryContext evaluate(String text) {
    return evaluate(text, context -> {});
  }

  /**
   * @param meanwhile happens while the query is evaluated
   */
  private QueryContext evaluate(String text, Consumer<QueryContext> meanwhile) {
    QueryContext context = open(text, AskedQuery.Kind.EVALUATION);
    running.evaluate(
        context,
        Runnable::run,
        () -> {
          log.add("evaluates " + text);
          meanwhile.accept(context);
        },
        failure -> {
          log.add(text + ": " + failure.getMessage());
          context.close();
        });
    return context;
  }

  @Test
  void waitsForASlotAndGetsItWhenAnotherQueryEnds() {
    List<QueryContext> second = new ArrayList<>();
    QueryContext first =
        evaluate(
            "first",
            context -> {
              second.add(evaluate("second"));
              assertThat(log).containsExactly("begins first", "evaluates first");
              assertThat(running.list())
                  .extracting(RunningQuery::state)
                  .containsExactly(RunningQuery.State.RUNNING, RunningQuery.State.WAITING);
            });
    assertThat(log).endsWith("evaluates first", "begins second", "evaluates second");
    first.close();
    first.close();
    assertThat(log).endsWith("evaluates second", "ends first");
    second.getFirst().close();
    assertThat(running.running()).isZero();
    assertThat(running.list()).isEmpty();
  }

  @Test
  void theTimeOfAQueryRunsWhileItWaits() {
    evaluate(
        "first",
        first -> {
          evaluate("second");
          time.advance(TIMEOUT);
          assertThat(log).endsWith("second: query timed out in query queue");
          assertThat(running.waiting()).isZero();
          assertThat(running.list()).hasSize(1);
        });
    assertThat(running.running()).isZero();
  }

  @Test
  void aCancelledQueryLeavesTheLine() {
    evaluate(
        "first",
        first -> {
          evaluate("second").cancel();
          assertThat(log).endsWith("second: query was canceled in query queue");
          assertThat(running.waiting()).isZero();
        });
    assertThat(log).doesNotContain("evaluates second");
  }

  @Test
  void aQueryThatMayNotRunGivesItsSlotBack() {
    evaluate("deadly");
    assertThat(log).containsExactly("deadly: refused");
    assertThat(running.running()).isZero();
    assertThat(running.list()).isEmpty();
  }

  @Test
  void aKilledQueryEndsAtItsNextCheck() {
    evaluate(
        "first",
        context -> {
          long id = running.list().getFirst().id();
          assertThat(running.kill(id, asked -> false)).isFalse();
          context.check();
          assertThat(running.kill(id, asked -> asked.tenant().equals(TenantId.DEFAULT))).isTrue();
          assertThat(running.list().getFirst().state()).isEqualTo(RunningQuery.State.CANCELED);
          assertThatThrownBy(context::check)
              .isInstanceOf(QueryException.class)
              .hasMessage("query was canceled in expression evaluation");
        });
  }

  @Test
  void rulesAndLookupsWaitForNobody() {
    evaluate(
        "first",
        first -> {
          QueryContext rule = open("rule", AskedQuery.Kind.RULE);
          QueryContext lookup = open("lookup", AskedQuery.Kind.LOOKUP);
          assertThat(log).endsWith("begins rule", "begins lookup");
          rule.close();
          lookup.close();
          assertThat(running.list()).hasSize(1);
          assertThat(running.running()).isEqualTo(1);
        });
  }

  @Test
  void givesAllMemoryBackWhenItEnds() {
    QueryContext context = evaluate("first", first -> first.reserve(400));
    assertThat(running.list().getFirst().context().reservedBytes()).isEqualTo(400);
    assertThat(running.running()).isZero();
    context.close();
    assertThat(budget.usedBytes()).isZero();
  }
}
