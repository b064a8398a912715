package io.ghostworks.promql.eval;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.promql.parse.ParserOptions;
import io.ghostworks.promql.script.MemorySeries;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryException;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.runtime.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries with very long lists of labels end when their time is over: the work counts as such. */
class LabelListDeadlineTest {
  private static final int SERIES = 40;

  /** Looks at the clock cost a millisecond, nothing else does. */
  private static final class LookedAtClock implements Clock {
    private final AtomicLong looks = new AtomicLong();

    @Override
    public long epochNanos() {
      return 0;
    }

    @Override
    public long monotonicNanos() {
      return looks.incrementAndGet() * 1_000_000;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sum by (%s) (m)",
        "sum without (%s) (m)",
        "quantile by (%s) (0.5, m)",
        "topk by (%s) (1, m)",
        "sum by (%s) (-m)",
        "m + on (%s) group_left m",
        "m and ignoring (%s) m"
      })
  void endsQueriesOfLongLists(String query) {
    MemorySeries series = new MemorySeries();
    for (int i = 0; i < SERIES; i++) {
      series.add(Labels.of("__name__", "m", "n", "" + i), 1000, i);
    }
    String text = query.formatted("a,".repeat(200_000) + "n");
    try (QueryContext context =
        new QueryContext(
            TenantId.DEFAULT,
            new LookedAtClock(),
            Duration.ofMillis(60),
            new MemoryLedger().open("queries", 1 << 26),
            1 << 26)) {
      assertThatThrownBy(() ->
              PromqlEngine.instant(
                  text, 1000, context, series, EngineOptions.DEFAULT.withParser(ParserOptions.ALL)))
          .isInstanceOf(QueryException.class)
          .hasMessage("query timed out in expression evaluation");
    }
  }
}
