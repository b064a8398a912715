package io.ghostworks.alertmanager;

import java.time.Duration;

/** Tells one integration of a receiver. Blocks the calling thread; thread-safe. */
@FunctionalInterface
interface Sender {

  /** Tries once. */
  Outcome send(Notification notification, Duration timeout);

  /** How a try went. */
  sealed interface Outcome {
    /** The receiver has it. */
    record Delivered() implements Outcome {}

    /**
     * It does not.
     *
     * @param retry whether another try may succeed
     */
    record Failed(String error, boolean retry) implements Outcome {}
  }
}
