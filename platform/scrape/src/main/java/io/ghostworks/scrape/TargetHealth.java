package io.ghostworks.scrape;

import java.util.Locale;

/** How a target's last scrape went. */
public enum TargetHealth {
  /** There was none yet. */
  UNKNOWN,
  UP,
  DOWN;

  /** The word of the targets API. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
