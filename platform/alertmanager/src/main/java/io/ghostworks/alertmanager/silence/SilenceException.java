package io.ghostworks.alertmanager.silence;

/** A silence is not taken, in Alertmanager's words where it has some. */
public final class SilenceException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean unknown;

  private SilenceException(String message, boolean unknown) {
    super(message);
    this.unknown = unknown;
  }

  static SilenceException unknownId() {
    return new SilenceException("silence not found", true);
  }

  /** A silence that is not one. */
  public static SilenceException invalid(String why) {
    return new SilenceException("invalid silence: " + why, false);
  }

  /** A silence that may not be. */
  public static SilenceException refused(String why) {
    return new SilenceException(why, false);
  }

  /** Whether there is no silence with the id that was given. */
  public boolean isUnknown() {
    return unknown;
  }
}
