package io.ghostworks.journal;

import io.ghostworks.storage.directory.DiskUse;

/**
 * How a frame is appended.
 *
 * @param awaited whether somebody waits: a frame nobody waits for rides on the next group commit
 * @param use when it is refused as the disk runs low
 */
public record AppendOptions(boolean awaited, DiskUse use) {
  /** Telemetry for which a sender waits. */
  public static final AppendOptions AWAITED = new AppendOptions(true, DiskUse.TELEMETRY);

  /** Telemetry for which nobody waits. */
  public static final AppendOptions RIDING_ALONG = new AppendOptions(false, DiskUse.TELEMETRY);

  /** What rules write: goes on when telemetry is refused for lack of disk space. */
  public static final AppendOptions RULE_OUTPUT = new AppendOptions(true, DiskUse.RULE_OUTPUT);
}
