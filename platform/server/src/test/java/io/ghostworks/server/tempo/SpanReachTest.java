package io.ghostworks.server.tempo;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.SpanBatch;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class SpanReachTest {

  @Test
  void walksLevelByLevelFromEachSpan() {
    SpanBatch chain = trace(0, 1, 2, 3);
    assertThat(SpanReach.below(chain, 4).from(rows(0), 1)).isEqualTo(rows(1));
    assertThat(SpanReach.below(chain, 4).from(rows(0, 1), 1)).isEqualTo(rows(1, 2));
    assertThat(SpanReach.below(chain, 4).from(rows(1), SpanReach.ALL)).isEqualTo(rows(2, 3));
    assertThat(SpanReach.above(chain, 4).from(rows(3), 2)).isEqualTo(rows(1, 2));
    assertThat(SpanReach.above(chain, 4).from(rows(3), 0)).isEqualTo(rows());
  }

  @Test
  void walksACycleOnceAndLeavesOutWhatIsMissing() {
    SpanBatch cycle = trace(2, 1, 9);
    assertThat(SpanReach.above(cycle, 3).from(rows(0), SpanReach.ALL)).isEqualTo(rows(0, 1));
    assertThat(SpanReach.above(cycle, 3).from(rows(2), SpanReach.ALL)).isEqualTo(rows());
  }

  @Test
  void seesOnlyTheFirstRows() {
    assertThat(SpanReach.below(trace(0, 1, 2), 2).from(rows(0), SpanReach.ALL)).isEqualTo(rows(1));
  }

  /** Spans with the ids 1, 2, … below the parents given. */
  private static SpanBatch trace(long... parents) {
    SpanBatch batch = new SpanBatch();
    batch.scopes().end(0, 0, 0, 0);
    batch.resources().end(ByteArena.EMPTY, 0);
    for (int row = 0; row < parents.length; row++) {
      batch.endRow(0, 0, 1, 2, row + 1, parents[row], 0, 0, 0, 0, row, row + 1, 0, 0, 0, 0, 0);
    }
    return batch;
  }

  private static BitSet rows(int... rows) {
    BitSet set = new BitSet();
    for (int row : rows) {
      set.set(row);
    }
    return set;
  }
}
