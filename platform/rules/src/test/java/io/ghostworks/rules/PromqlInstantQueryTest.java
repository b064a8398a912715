package io.ghostworks.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.promql.eval.EngineOptions;
import io.ghostworks.promql.eval.QueryStatistics;
import io.ghostworks.query.QueryException;
import io.ghostworks.query.QueryWatch;
import io.ghostworks.query.RunningQueries;
import io.ghostworks.query.series.SeriesSource;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.runtime.time.SimulatedTime;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PromqlInstantQueryTest {

  /** A source that none of these queries asks. */
  private static final SeriesSource NONE =
      (SeriesSource)
          Proxy.newProxyInstance(
              SeriesSource.class.getClassLoader(),
              new Class<?>[] {SeriesSource.class},
              (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
              });

  private final List<String> logged = new ArrayList<>();
  private final SimulatedTime time = new SimulatedTime(0);
  private final RuleQueries queries =
      new RuleQueries(
          new RunningQueries(time, time, 1, QueryWatch.NONE),
          new RuleQueries.Limits(
              Duration.ofSeconds(10), new MemoryLedger().open("query", 1 << 20), 1 << 20));
  private final PromqlInstantQuery query =
      new PromqlInstantQuery(NONE, EngineOptions.DEFAULT, queries, log());

  @Test
  void givesVectorsAndScalarsAsVectors() {
    assertThat(query.evaluate(TenantId.DEFAULT, "vector(time())", 5_000))
        .containsExactly(new InstantQuery.Element(Labels.EMPTY, 5));
    assertThat(query.evaluate(TenantId.DEFAULT, "1 + 1", 5_000))
        .containsExactly(new InstantQuery.Element(Labels.EMPTY, 2));
  }

  @Test
  void refusesResultsThatAreNoVectorInPrometheussWords() {
    assertThatThrownBy(() -> query.evaluate(TenantId.DEFAULT, "\"text\"", 0))
        .isInstanceOf(QueryException.class)
        .hasMessage("rule result is not a vector or scalar");
  }

  @Test
  void evaluatesNothingOnceItIsClosed() {
    queries.close();
    assertThatThrownBy(() -> query.evaluate(TenantId.DEFAULT, "vector(1)", 0))
        .isInstanceOf(QueryException.class)
        .hasMessage("query was canceled in expression evaluation");
  }

  private RuleQueryLog log() {
    return new RuleQueryLog() {
      @Override
      public boolean isOn() {
        return true;
      }

      @Override
      public void logRule(Asked asked, long timeMs, @Nullable String error, QueryStatistics cost) {
        logged.add(asked + " at " + timeMs + ": " + error);
      }
    };
  }

  @Test
  void tellsTheLogWhatGroupsAskAndNothingElse() {
    InstantQuery asked =
        query.onBehalfOf(
            new InstantQuery.Asker("a.yml", "g", RuleLanguage.PROMQL, 15_000_000_000L));
    assertThat(asked.evaluate(TenantId.DEFAULT, "vector(1)", 5_000)).hasSize(1);
    assertThatThrownBy(() -> asked.evaluate(TenantId.DEFAULT, "up", 6_000))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> asked.evaluate(TenantId.DEFAULT, "up +", 7_000))
        .hasMessageContaining("parse error");
    query.evaluate(TenantId.DEFAULT, "vector(2)", 5_000);
    assertThat(logged)
        .containsExactly(
            "Asked[file=a.yml, group=g, query=vector(1)] at 5000: null",
            "Asked[file=a.yml, group=g, query=up] at 6000: scan");
  }
}
