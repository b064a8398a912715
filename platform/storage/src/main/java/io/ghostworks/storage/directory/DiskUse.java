package io.ghostworks.storage.directory;

/**
 * What space on the disk is wanted for, in the order in which it is refused when the disk runs low:
 * first to last.
 */
public enum DiskUse {
  /** Samples, log records and spans that senders still have or can send again. */
  TELEMETRY,
  /** Series that rules write, which nobody sends again. */
  RULE_OUTPUT,
  /** Alert state, notifications to be sent, settings. */
  STATE
}
