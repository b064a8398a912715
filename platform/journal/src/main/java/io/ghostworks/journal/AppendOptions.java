package io.ghostworks.journal;

import io.ghostworks.storage.directory.DiskUse;

/**
 * How a frame is appended.
 *
 * @param awaited whether somebody waits: a frame nobody waits for rides on the next group commit
 * @param use when it is refused as the disk runs low
 * @param durable whether it counts as acknowledged after fsync only, also where others do not wait
 *     for that
 */
public record AppendOptions(boolean awaited, DiskUse use, boolean durable) {
  /** Telemetry for which a sender waits. */
  public static final AppendOptions AWAITED = new AppendOptions(true, DiskUse.TELEMETRY, false);

  /** Telemetry for which nobody waits. */
  public static final AppendOptions RIDING_ALONG =
      new AppendOptions(false, DiskUse.TELEMETRY, false);

  /** What rules write: goes on when telemetry is refused for lack of disk space. */
  public static final AppendOptions RULE_OUTPUT =
      new AppendOptions(true, DiskUse.RULE_OUTPUT, false);

  /**
   * What takes something away: goes on as what rules write does. Files note its number, so that no
   * loss of power may let another frame have it.
   */
  public static final AppendOptions REMOVAL = new AppendOptions(true, DiskUse.RULE_OUTPUT, true);
}
