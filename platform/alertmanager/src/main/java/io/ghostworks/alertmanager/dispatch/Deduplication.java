package io.ghostworks.alertmanager.dispatch;

import io.ghostworks.state.NotificationLog;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** Decides by what was delivered last whether a receiver is told ({@code DedupStage}). */
final class Deduplication {

  private Deduplication() {}

  /**
   * @param firing hashes of the alerts that fire, ascending
   * @param resolved hashes of those that have resolved, ascending
   */
  static NotificationReason reason(
      Optional<NotificationLog.Entry> last,
      long[] firing,
      long[] resolved,
      boolean sendResolved,
      Duration repeatInterval,
      long nowNanos) {
    if (last.isEmpty()) {
      return firing.length > 0 ? NotificationReason.FIRST : NotificationReason.NONE;
    }
    NotificationLog.Entry entry = last.get();
    if (!isSubset(firing, entry.firing())) {
      return entry.firing().length == 0 ? NotificationReason.FIRST : NotificationReason.NEW_ALERTS;
    }
    if (firing.length == 0) {
      return entry.firing().length > 0 ? NotificationReason.ALL_RESOLVED : NotificationReason.NONE;
    }
    if (sendResolved && !isSubset(resolved, entry.resolved())) {
      return NotificationReason.SOME_RESOLVED;
    }
    return entry.sentAtNanos() < nowNanos - repeatInterval.toNanos()
        ? NotificationReason.REPEAT
        : NotificationReason.NONE;
  }

  private static boolean isSubset(long[] part, long[] whole) {
    return Arrays.stream(part).allMatch(hash -> Arrays.binarySearch(whole, hash) >= 0);
  }
}
