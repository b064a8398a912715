package io.ghostworks.alertmanager.deliver;

import io.ghostworks.state.State;

/**
 * Hears how notifications went, inside the transaction that stores it. Called on the state's
 * thread: takes no lock and waits for nothing.
 */
@FunctionalInterface
public interface DeliveryEvents {

  /** Hears nothing. */
  DeliveryEvents NONE = (tables, groupKey, news) -> {};

  /** A notification about a group was delivered or failed. */
  void told(State.Tables tables, String groupKey, News news);

  /** How it went. */
  enum Outcome {
    DELIVERED,
    /** It failed for the first time and is tried again. */
    FAILED,
    REFUSED
  }

  /**
   * What there is to tell.
   *
   * @param notification its id
   * @param reason why the receiver is told, in words
   * @param error "" where it was delivered
   * @param carrier the notification that it was sent with as a digest, or 0
   */
  record News(
      long notification,
      String integration,
      Outcome outcome,
      String reason,
      int firing,
      int resolved,
      String error,
      long carrier,
      long atNanos) {}
}
