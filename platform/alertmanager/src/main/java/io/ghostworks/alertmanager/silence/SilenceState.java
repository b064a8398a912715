package io.ghostworks.alertmanager.silence;

import java.util.Locale;

/** Where a silence stands, in the order in which lists show them. */
public enum SilenceState {
  ACTIVE,
  PENDING,
  EXPIRED;

  /** As the API says it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
