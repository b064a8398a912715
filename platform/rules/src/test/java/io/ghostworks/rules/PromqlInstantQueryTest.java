package io.ghostworks.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.promql.eval.EngineOptions;
import io.ghostworks.query.QueryException;
import io.ghostworks.query.QueryWatch;
import io.ghostworks.query.RunningQueries;
import io.ghostworks.query.series.SeriesSource;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.runtime.time.SimulatedTime;
import java.lang.reflect.Proxy;
import java.time.Duration;
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

  private final SimulatedTime time = new SimulatedTime(0);
  private final PromqlInstantQuery query =
      new PromqlInstantQuery(
          NONE,
          EngineOptions.DEFAULT,
          new RunningQueries(time, time, 1, QueryWatch.NONE),
          new PromqlInstantQuery.Limits(
              Duration.ofSeconds(10), new MemoryLedger().open("query", 1 << 20), 1 << 20));

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
    query.close();
    assertThatThrownBy(() -> query.evaluate(TenantId.DEFAULT, "vector(1)", 0))
        .isInstanceOf(QueryException.class)
        .hasMessage("query was canceled in expression evaluation");
  }
}
