package io.ghostworks.traceql.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CriticalPathTest {

  @Test
  void goesBackFromTheEndThroughTheChildThatEndedLast() {
    TraceBuilder trace = new TraceBuilder();
    int root = trace.span(-1, "s", "root", 1, 101);
    trace.span(root, "s", "hidden", 10, 50);
    trace.span(root, "s", "last", 20, 60);
    assertThat(sections(trace)).containsExactly("root 60-101", "last 20-60", "root 1-20");
  }

  @Test
  void goesOnWithTheChildThatEndedBeforeTheLastOneBegan() {
    TraceBuilder trace = new TraceBuilder();
    int root = trace.span(-1, "s", "root", 0, 100);
    int first = trace.span(root, "s", "first", 10, 40);
    trace.span(first, "s", "below", 15, 25);
    trace.span(root, "s", "second", 50, 90);
    assertThat(sections(trace))
        .containsExactly(
            "root 90-100",
            "second 50-90",
            "root 40-50",
            "first 25-40",
            "below 15-25",
            "first 10-15",
            "root 0-10");
  }

  @Test
  void countsChildrenAsFarAsTheyLieWithinTheirParents() {
    TraceBuilder trace = new TraceBuilder();
    int root = trace.span(-1, "s", "root", 10, 30);
    int late = trace.span(root, "s", "late", 15, 35);
    trace.span(late, "s", "later", 20, 40);
    int outside = trace.span(root, "s", "outside", 30, 50);
    trace.span(outside, "s", "inside of outside", 12, 14);
    assertThat(sections(trace)).containsExactly("later 20-30", "late 15-20", "root 10-15");
  }

  @Test
  void doesNotWaitForConsumersOfWhatAProducerSent() {
    TraceBuilder trace = new TraceBuilder();
    int root = trace.span(-1, "s", "send", 4, 0, 100, 0);
    trace.span(root, "t", "consume", 5, 20, 100, 0);
    assertThat(sections(trace)).containsExactly("send 0-100");
  }

  @Test
  void everyRootHasAPathAndNegativeDurationsTakeNoTime() {
    TraceBuilder trace = new TraceBuilder();
    trace.span(-1, "s", "a", 0, 10);
    int root = trace.span(-1, "s", "b", 20, 40);
    trace.span(root, "s", "backwards", 30, 25);
    assertThat(sections(trace)).containsExactly("a 0-10", "b 30-40", "b 20-30");
  }

  @Test
  void deepAndWideTracesAreWalkedInTimeThatGrowsWithThem() {
    TraceBuilder deep = new TraceBuilder();
    TraceBuilder wide = new TraceBuilder();
    wide.span(-1, "s", "root", 0, 1_000_000);
    for (int i = 0; i < 100_000; i++) {
      deep.span(i - 1, "s", "d", i, 1_000_000 - i);
      wide.span(0, "s", "w", i * 10L + 1, i * 10L + 8);
    }
    assertThat(CriticalPath.of(deep.forest()).sections()).isEqualTo(199_999);
    assertThat(CriticalPath.of(wide.forest()).sections()).isEqualTo(200_001);
  }

  /** Against the definition read as it stands, which calls itself for every child and parent. */
  @Test
  void isWhatTheDefinitionGivesForRandomTraces() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      TraceBuilder trace = new TraceBuilder();
      int spans = 1 + random.nextInt(12);
      for (int span = 0; span < spans; span++) {
        long start = random.nextInt(60);
        trace.span(
            span == 0 ? -1 : random.nextInt(span),
            "s",
            "n" + span,
            4 + random.nextInt(2),
            start,
            start + random.nextInt(60),
            0);
      }
      assertThat(sections(trace)).as("seed %d", seed).isEqualTo(new Naive(trace.forest()).path());
    }
  }

  private static List<String> sections(TraceBuilder trace) {
    CriticalPath path = CriticalPath.of(trace.forest());
    SpanTexts texts = new SpanTexts(trace.spans());
    List<String> sections = new ArrayList<>();
    for (int i = 0; i < path.sections(); i++) {
      sections.add(
          "%s %d-%d".formatted(texts.name(path.row(i)), path.startNanos(i), path.endNanos(i)));
    }
    return sections;
  }

  private static final class Naive {
    private final SpanForest forest;
    private final long[] starts;
    private final long[] ends;
    private final boolean[] dropped;
    private final List<String> path = new ArrayList<>();

    Naive(SpanForest forest) {
      this.forest = forest;
      this.starts = new long[forest.rows()];
      this.ends = new long[forest.rows()];
      this.dropped = new boolean[forest.rows()];
      for (int i = 0; i < forest.rows(); i++) {
        int row = forest.preorder(i);
        starts[row] = forest.startNanos(row);
        ends[row] = forest.endNanos(row);
        int parent = forest.parent(row);
        if (parent >= 0) {
          dropped[row] =
              dropped[parent]
                  || (forest.spans().kind(parent) == 4 && forest.spans().kind(row) == 5)
                  || (starts[row] >= starts[parent]
                      ? starts[row] >= ends[parent]
                      : ends[row] <= starts[parent]);
          starts[row] = Math.max(starts[row], starts[parent]);
          ends[row] = Math.min(ends[row], ends[parent]);
        }
      }
    }

    List<String> path() {
      visit(forest.root(0), Long.MAX_VALUE);
      return path;
    }

    private void visit(int row, long before) {
      int last = -1;
      for (int i = forest.childStart(row); i < forest.childEnd(row); i++) {
        int child = forest.child(i);
        if (!dropped[child] && ends[child] < before && (last < 0 || ends[child] > ends[last])) {
          last = child;
        }
      }
      long end = before == Long.MAX_VALUE ? ends[row] : before;
      long start = last < 0 ? starts[row] : ends[last];
      if (start != end) {
        path.add("n%d %d-%d".formatted(row, start, end));
      }
      if (last >= 0) {
        visit(last, Long.MAX_VALUE);
      } else if (forest.parent(row) >= 0) {
        visit(forest.parent(row), starts[row]);
      }
    }
  }
}
