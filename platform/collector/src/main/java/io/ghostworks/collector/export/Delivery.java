package io.ghostworks.collector.export;

import java.time.Duration;

/** What became of one attempt to send a request. */
public sealed interface Delivery {

  /**
   * The other side took it.
   *
   * @param rejectedItems of its partial success
   * @param message why, or ""
   */
  record Taken(long rejectedItems, String message) implements Delivery {}

  /**
   * It may be sent again.
   *
   * @param after at the earliest; zero where the other side does not say
   */
  record Again(Duration after, String why) implements Delivery {}

  /** It will never be taken. */
  record Refused(String why) implements Delivery {}
}
