package io.ghostworks.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.journal.FrameSetAsideException;
import io.ghostworks.journal.JournalUnavailableException;
import io.ghostworks.model.OverloadedException;
import io.ghostworks.model.TelemetrySink;
import io.ghostworks.model.TenantId;
import io.ghostworks.rules.Hold;
import io.ghostworks.runtime.time.SimulatedTime;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class RefusalWatchTest {

  private static final TenantId TEAM_A = new TenantId("team-a");
  private static final TenantId TEAM_B = new TenantId("team-b");

  private final SimulatedTime time = new SimulatedTime(0);
  private final RefusalWatch watch = new RefusalWatch(time);

  @Test
  void holdsTheTenantWhoseSamplesWereRefusedForTwoMinutes() {
    refuse(TEAM_A, new OverloadedException("the journal is full", Duration.ofSeconds(1)));
    assertThat(watch.find(TEAM_A)).contains(new Hold(Hold.Reason.REFUSED, "the journal is full"));
    assertThat(watch.find(TEAM_B)).isEmpty();
    time.advance(Duration.ofSeconds(121));
    assertThat(watch.find(TEAM_A)).isEmpty();
  }

  @Test
  void tellsAFailedWriteFromOverload() {
    OverloadedException failed = new OverloadedException("EIO", Duration.ofSeconds(1));
    failed.initCause(new JournalUnavailableException("EIO", null));
    refuse(TEAM_A, failed);
    assertThat(watch.find(TEAM_A).map(Hold::reason)).contains(Hold.Reason.WRITE_FAILED);
  }

  @Test
  void holdsLongerForWhatIsLostThanForWhatIsSentAgain() {
    refuse(TEAM_A, new FrameSetAsideException(7, new IllegalStateException("a bug")));
    refuse(TEAM_A, new OverloadedException("full", Duration.ofSeconds(1)));
    time.advance(Duration.ofMinutes(4));
    assertThat(watch.find(TEAM_A).map(Hold::reason)).contains(Hold.Reason.LOST);
    time.advance(Duration.ofMinutes(2));
    assertThat(watch.find(TEAM_A)).isEmpty();
  }

  @Test
  void holdsEverybodyForWhatAReplayLost() {
    watch.lost("frame 3 is damaged");
    assertThat(watch.find(TEAM_B)).contains(new Hold(Hold.Reason.LOST, "frame 3 is damaged"));
    time.advance(Duration.ofMinutes(6));
    assertThat(watch.find(TEAM_B)).isEmpty();
  }

  @Test
  void isNotMovedByMistakesOfTheSender() {
    refuse(TEAM_A, new IllegalArgumentException("no such label"));
    assertThat(watch.find(TEAM_A)).isEqualTo(Optional.empty());
  }

  private void refuse(TenantId tenant, Throwable failure) {
    TelemetrySink<String> sink =
        watch.watched(
            (t, batch) -> CompletableFuture.failedFuture(new CompletionException(failure)));
    assertThat(sink.offer(tenant, "batch")).isCompletedExceptionally();
  }
}
