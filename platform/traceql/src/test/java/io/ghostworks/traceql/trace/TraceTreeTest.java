package io.ghostworks.traceql.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TraceTreeTest {
  private static final byte SERVER = 2;
  private static final byte CLIENT = 3;

  @Test
  void numbersANestedSetInTheOrderOfStarts() {
    TraceTree tree = tree(new long[] {3, 1, 2, 4}, new long[] {1, 0, 1, 3}, 30, 10, 20, 40);

    assertThat(IntStream.range(0, 4).map(tree::left)).containsExactly(4, 1, 2, 5);
    assertThat(IntStream.range(0, 4).map(tree::right)).containsExactly(7, 8, 3, 6);
    assertThat(IntStream.range(0, 4).map(tree::leftOfParent)).containsExactly(1, -1, 1, 4);
    assertThat(IntStream.range(0, 4).map(tree::childCount)).containsExactly(1, 2, 0, 0);
    assertThat(IntStream.range(0, 4).map(tree::preorder)).containsExactly(1, 2, 0, 3);
    assertThat(IntStream.range(0, 4).map(tree::depth)).containsExactly(1, 0, 1, 2);
    assertThat(tree.isConnected()).isTrue();
  }

  @Test
  void spansWhoseParentIsMissingAreRootsForPeopleAndNowhereForQueries() {
    TraceTree tree = tree(new long[] {1, 2, 3}, new long[] {0, 9, 2}, 10, 20, 30);

    assertThat(tree.isOrphan(1)).isTrue();
    assertThat(tree.parent(1)).isEqualTo(-1);
    assertThat(tree.left(1)).isZero();
    assertThat(tree.left(2)).isZero();
    assertThat(tree.parent(2)).isEqualTo(1);
    assertThat(tree.childCount(1)).isEqualTo(1);
    assertThat(tree.isConnected()).isFalse();
  }

  @Test
  void cyclesAreCutAtTheirEarliestSpan() {
    TraceTree tree = tree(new long[] {1, 2, 3, 4}, new long[] {3, 1, 2, 4}, 20, 10, 30, 40);

    assertThat(tree.isCut(1)).isTrue();
    assertThat(tree.isCut(0)).isFalse();
    assertThat(IntStream.range(0, 4).map(tree::preorder)).containsExactly(3, 1, 2, 0);
    assertThat(tree.parent(3)).isEqualTo(-1);
    assertThat(tree.root()).isEqualTo(-1);
  }

  @Test
  void aServerIsTheChildOfTheClientThatHasItsParentsId() {
    SpanLinks links =
        new SpanLinks(
            new long[] {1, 7, 7, 8},
            new long[] {0, 1, 7, 7},
            new byte[] {SERVER, CLIENT, SERVER, CLIENT},
            new long[] {10, 20, 30, 40},
            new long[] {100, 90, 80, 70});

    TraceTree tree = TraceTree.of(links);

    assertThat(tree.parent(2)).isEqualTo(1);
    assertThat(tree.parent(3)).isEqualTo(2);
    assertThat(tree.isDuplicate(1)).isTrue();
    assertThat(tree.isDuplicate(3)).isFalse();
    assertThat(tree.right(0)).isEqualTo(8);
  }

  @Test
  void threeSpansOfOneIdLeaveNoNestedSet() {
    TraceTree tree = tree(new long[] {1, 2, 2, 2}, new long[] {0, 1, 1, 1}, 1, 2, 3, 4);

    assertThat(tree.left(0)).isZero();
    assertThat(tree.parent(3)).isZero();
  }

  @Test
  void tellsClocksThatDifferAndNegativeDurations() {
    SpanLinks links =
        new SpanLinks(
            new long[] {1, 2}, new long[] {0, 1}, new byte[2], new long[] {50, 20}, new long[2]);

    TraceTree tree = TraceTree.of(links);

    assertThat(tree.skewNanos(1)).isEqualTo(30);
    assertThat(tree.durationNanos(0)).isEqualTo(-50);
  }

  @Test
  void everySpanStandsOnceInTheTreeOfAnyTrace() {
    long seed = Long.getLong("ghostworks.seed", 42);
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      int spans = 1 + random.nextInt(12);
      long[] ids = random.longs(spans, 1, 10).toArray();
      long[] parents = random.longs(spans, 0, 12).toArray();
      long[] starts = random.longs(spans, 0, 5).toArray();
      TraceTree tree = tree(ids, parents, starts);
      String where = "seed " + seed + ", round " + round;
      int[] preorder = IntStream.range(0, spans).map(tree::preorder).toArray();
      assertThat(Arrays.stream(preorder).sorted())
          .as(where)
          .containsExactlyElementsOf(IntStream.range(0, spans).boxed().toList());
      for (int row = 0; row < spans; row++) {
        int steps = 0;
        for (int up = row; up >= 0; up = tree.parent(up)) {
          assertThat(steps++).as(where).isLessThan(spans + 1);
        }
        assertThat(tree.depth(row)).as(where).isEqualTo(steps - 1);
        int left = tree.left(row);
        assertThat(tree.right(row) > left || left == 0).as(where).isTrue();
      }
    }
  }

  private static TraceTree tree(long[] ids, long[] parents, long... starts) {
    return TraceTree.of(new SpanLinks(ids, parents, new byte[ids.length], starts, starts));
  }
}
