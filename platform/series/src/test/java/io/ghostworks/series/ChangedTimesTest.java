package io.ghostworks.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.TenantId;
import io.ghostworks.query.series.SampleChanges.Times;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangedTimesTest {
  private static final TenantId TENANT = new TenantId("acme");

  private final ChangedTimes changes = new ChangedTimes();

  @Test
  void anEmptyRangeChangesNothing() {
    long watched = changes.watch(TENANT, 1_000);
    changes.changed(TENANT, 10, 9);
    changes.changed(TENANT, Long.MIN_VALUE + 1, Long.MIN_VALUE);

    assertThat(changes.since(TENANT, watched, 0, 1_000)).isEmpty();
  }

  @Test
  void forgetsEverythingBeyondItsPieces() {
    long watched = changes.watch(TENANT, 1_000_000);
    changes.changed(TENANT, 5, 5);
    int piecesMost = 0;
    for (int i = 0; i < 1_000; i++) {
      TenantId other = new TenantId("other" + i);
      changes.watch(other, 1_000_000);
      for (int change = 0; change < 100; change++) {
        changes.changed(other, change * 10L, change * 10L);
        piecesMost = Math.max(piecesMost, changes.pieces());
      }
    }

    assertThat(piecesMost).isEqualTo(ChangedTimes.PIECES_OF_ALL_MAX);
    assertThat(changes.pieces()).isBetween(1, ChangedTimes.PIECES_OF_ALL_MAX);
    assertThat(changes.since(TENANT, watched, 0, 1_000)).isEqualTo(List.of(new Times(0, 1_000)));
    long later = changes.watch(TENANT, 1_000_000);
    assertThat(changes.since(TENANT, later, 0, 1_000)).isEmpty();
    assertThat(changes.since(TENANT, watched, 0, 1_000)).isEqualTo(List.of(new Times(0, 1_000)));
  }
}
