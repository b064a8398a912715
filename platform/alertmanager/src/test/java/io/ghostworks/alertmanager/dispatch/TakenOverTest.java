package io.ghostworks.alertmanager.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.alertmanager.alert.Fingerprint;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.state.NotificationLog;
import io.ghostworks.state.ReceivedAlerts;
import io.ghostworks.state.SqliteState;
import io.ghostworks.state.State;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TakenOverTest {
  private static final Labels ALERT = Labels.of("alertname", "Down");
  private static final long UPDATED = 1_000;
  private static final long END = 2_000;
  private static final long NOW = 3_000;
  private static final Duration GRACE = Duration.ofNanos(500);

  @TempDir private Path folder;

  @Test
  void anAlertWhoseEndNobodyToldFiresOn() {
    assertThat(endWhereResolvedWasTold(END + 1)).isEqualTo(END);
    assertThat(endWhereResolvedWasTold(UPDATED - 1)).as("an earlier end").isEqualTo(NOW + 500);
  }

  private long endWhereResolvedWasTold(long sentAtNanos) {
    try (State state = SqliteState.open(folder)) {
      state.write(tables -> {
        tables
            .receivedAlerts()
            .put(
                TenantId.DEFAULT,
                new ReceivedAlerts.Row(ALERT, Labels.EMPTY, 1, END, UPDATED, false, ""));
        tables
            .notificationLog()
            .put(
                TenantId.DEFAULT,
                new NotificationLog.Entry(
                    "{}:{}",
                    "team/webhook[0]",
                    new long[0],
                    new long[] {Fingerprint.logged(ALERT)},
                    sentAtNanos,
                    Long.MAX_VALUE));
      });
      return TakenOver.read(state, TenantId.DEFAULT, GRACE, NOW).alerts().getFirst().endsAtNanos();
    }
  }
}
