package io.ghostworks.server.prometheus;

import io.ghostworks.template.GoTime;

/** Times as Go's JSON writes them: RFC 3339 with as many decimals as are needed. */
final class GoTimes {

  private static final String NEVER = "0001-01-01T00:00:00Z";
  private static final String LAYOUT = "2006-01-02T15:04:05.999999999Z07:00";

  private GoTimes() {}

  /** A time since the epoch; 0 for never. */
  static String ofMs(long epochMs) {
    return epochMs == 0 ? NEVER : ofNanos(epochMs * 1_000_000);
  }

  static String ofNanos(long epochNanos) {
    return GoTime.ofEpochNanos(epochNanos).format(LAYOUT);
  }
}
