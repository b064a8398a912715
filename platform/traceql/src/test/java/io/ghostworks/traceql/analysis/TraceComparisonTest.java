package io.ghostworks.traceql.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.traceql.analysis.ComparedOperation.Change;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TraceComparisonTest {

  @Test
  void operationsAreAddedRemovedRepeatedSlowerOrTheSame() {
    TraceBuilder left = new TraceBuilder();
    int root = left.span(-1, "web", "GET /", 0, 1_000);
    left.span(root, "db", "select", 0, 100);
    left.span(root, "cache", "get", 100, 110);
    left.span(root, "auth", "check", 200, 300);
    TraceBuilder right = new TraceBuilder();
    int other = right.span(-1, "web", "GET /", 0, 1_005);
    right.span(other, "db", "select", 0, 100);
    right.span(other, "db", "select", 100, 200);
    right.span(other, "auth", "check", 200, 700);
    right.span(other, "mail", "send", 700, 701);
    List<ComparedOperation> compared =
        TraceComparison.of(left.spans(), left.tree(), right.spans(), right.tree());
    assertThat(
            compared.stream()
                .collect(Collectors.toMap(ComparedOperation::operation, ComparedOperation::change)))
        .isEqualTo(
            Map.of(
                "GET /", Change.SAME,
                "select", Change.MORE,
                "get", Change.REMOVED,
                "check", Change.SLOWER,
                "send", Change.ADDED));
    assertThat(compared.getFirst().operation()).isEqualTo("GET /");
    assertThat(compared.get(1).selfDifferenceNanos()).isEqualTo(400);
  }

  @Test
  void theSameOperationElsewhereInTheTreeIsAnotherOne() {
    TraceBuilder left = new TraceBuilder();
    int root = left.span(-1, "web", "GET /", 0, 100);
    int step = left.span(root, "web", "step", 0, 50);
    left.span(step, "db", "select", 0, 10);
    TraceBuilder right = new TraceBuilder();
    int other = right.span(-1, "web", "GET /", 0, 100);
    right.span(other, "web", "step", 0, 50);
    right.span(other, "db", "select", 0, 10);
    assertThat(TraceComparison.of(left.spans(), left.tree(), right.spans(), right.tree()))
        .filteredOn(each -> each.operation().equals("select"))
        .extracting(ComparedOperation::change)
        .containsExactlyInAnyOrder(Change.ADDED, Change.REMOVED);
  }
}
