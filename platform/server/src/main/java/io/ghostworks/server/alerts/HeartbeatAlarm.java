package io.ghostworks.server.alerts;

import io.ghostworks.alertmanager.api.PostedAlerts;
import io.ghostworks.model.label.Labels;
import io.ghostworks.runtime.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The built-in alert {@code GhostworksHeartbeatFails}. It needs no rules and reads no samples: it
 * is handed to the notifications as a sender's alert is, and ends when the heartbeat gets through
 * again, or by itself if it is not told again.
 */
public final class HeartbeatAlarm implements Heartbeat.Alarm {

  /** How much longer it holds than until it should be told again. */
  private static final Duration GRACE = Duration.ofMinutes(5);

  private final Consumer<List<PostedAlerts.Posted>> poster;
  private final Clock clock;

  /** Since when it fails; null while it does not. */
  private @Nullable Instant since;

  public HeartbeatAlarm(Consumer<List<PostedAlerts.Posted>> poster, Clock clock) {
    this.poster = poster;
    this.clock = clock;
  }

  @Override
  public synchronized void tell(boolean failing, String target, String error, Duration again) {
    Instant now = Instant.ofEpochSecond(0, clock.epochNanos());
    Instant start = since == null ? now : since;
    since = failing ? start : null;
    poster.accept(
        List.of(
            new PostedAlerts.Posted(
                Labels.of(
                    "alertname", "GhostworksHeartbeatFails",
                    "severity", "critical",
                    "target", target),
                Labels.of(
                    "summary",
                    "The heartbeat to %s does not get through".formatted(target),
                    "description",
                    failing
                        ? "The last try failed: %s. Look whether this machine reaches the address of heartbeat.url; until then nobody outside is told if this process dies."
                            .formatted(error)
                        : "It gets through again."),
                start,
                failing ? now.plus(again).plus(GRACE) : now,
                "")));
  }
}
