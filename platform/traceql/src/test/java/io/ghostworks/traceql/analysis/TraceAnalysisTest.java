package io.ghostworks.traceql.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.column.ByteArena;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TraceAnalysisTest {

  @Test
  void selfTimeIsWithoutChildrenWhichMayOverlapAndReachBeyond() {
    TraceBuilder trace = new TraceBuilder();
    int root = trace.span(-1, "web", "GET /", 0, 100);
    trace.span(root, "db", "select", 10, 40);
    trace.span(root, "db", "select", 30, 60);
    trace.span(root, "queue", "publish", 90, 150);
    TraceAnalysis analysis = TraceAnalysis.of(trace.spans(), trace.tree(), 1_000);
    assertThat(analysis.operations())
        .containsExactly(
            new OperationTime("db", "select", 2, 0, 60, 60, 30, 30),
            new OperationTime("queue", "publish", 1, 0, 60, 60, 10, 60),
            new OperationTime("web", "GET /", 1, 0, 100, 40, 60, 100));
    assertThat(analysis.services())
        .extracting(OperationTime::service)
        .containsExactly("db", "queue", "web");
    assertThat(analysis.startNanos()).isZero();
    assertThat(analysis.endNanos()).isEqualTo(150);
  }

  @Test
  void theFirstCauseIsTheEarliestFailureBelowWhichNothingFailed() {
    TraceBuilder trace = new TraceBuilder();
    int root = trace.failed(-1, "web", "GET /", 0, 100, "Gateway");
    int call = trace.span(root, "web", "call", 3, 10, 90, 2);
    int cause = trace.failed(call, "db", "select", 20, 50, "Deadlock");
    trace.failed(root, "mail", "send", 55, 70, "Refused");
    FirstCause found =
        TraceAnalysis.of(trace.spans(), trace.tree(), 1_000).firstCause().orElseThrow();
    assertThat(found.row()).isEqualTo(cause);
    assertThat(found.chain()).containsExactly(root, call, cause);
    assertThat(found.others()).isEqualTo(1);
    assertThat(found.failedNanos()).isEqualTo(50);
    assertThat(found.exception().orElseThrow().type()).isEqualTo("Deadlock");
    assertThat(found.exception().orElseThrow().message()).isEqualTo("it was Deadlock");
  }

  @Test
  void aTraceWithoutFailuresHasNoCause() {
    TraceBuilder trace = new TraceBuilder();
    trace.span(-1, "web", "GET /", 0, 100);
    assertThat(TraceAnalysis.of(trace.spans(), trace.tree(), 1_000).firstCause()).isEmpty();
  }

  @Test
  void tellsWhatIsMissingAndWhetherMoreMayCome() {
    TraceBuilder trace = new TraceBuilder();
    int root = trace.span(-1, "web", "GET /", 0, 100);
    trace.span(root, "db", "select", 0, 10);
    long settled = 100 + Arrival.SETTLED_AFTER.toNanos();
    assertThat(arrival(trace, settled).complete()).isTrue();
    assertThat(arrival(trace, settled - 1).complete()).isFalse();
    assertThat(arrival(trace, settled - 1).arriving()).isTrue();
    assertThat(arrival(trace, 5).quietNanos()).isZero();

    trace
        .spans()
        .endRow(
            0,
            0,
            1,
            2,
            77,
            4711,
            ByteArena.EMPTY,
            0,
            ByteArena.EMPTY,
            1,
            0,
            5,
            0,
            ByteArena.EMPTY,
            0,
            0,
            0);
    Arrival orphaned =
        TraceAnalysis.of(trace.spans(), trace.tree(), Duration.ofDays(1).toNanos()).arrival();
    assertThat(orphaned.missingParents()).containsExactly(4711L);
    assertThat(orphaned.rootMissing()).isFalse();
    assertThat(orphaned.complete()).isFalse();
  }

  private static Arrival arrival(TraceBuilder trace, long now) {
    return TraceAnalysis.of(trace.spans(), trace.tree(), now).arrival();
  }
}
