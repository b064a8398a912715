package io.ghostworks.alertmanager.notify;

import java.time.Duration;
import java.util.List;

/** Tells one integration of a receiver. Blocks the calling thread; thread-safe. */
@FunctionalInterface
public interface Sender {

  /**
   * Tries once.
   *
   * @param remembered what the last delivery for the group remembered
   * @param timeout of the whole try
   */
  Outcome send(Notification notification, ReceiverData remembered, Duration timeout);

  /** How a try went. */
  sealed interface Outcome {

    /** What was sent and answered, in order; empty where nothing was. */
    List<Exchange> exchanges();

    /**
     * The receiver has it.
     *
     * @param remembered what is to be remembered for the group
     */
    record Delivered(List<Exchange> exchanges, ReceiverData remembered) implements Outcome {
      public Delivered {
        exchanges = List.copyOf(exchanges);
      }
    }

    /**
     * It does not.
     *
     * @param retry whether another try may succeed
     */
    record Failed(String error, boolean retry, FailureReason reason, List<Exchange> exchanges)
        implements Outcome {
      public Failed {
        exchanges = List.copyOf(exchanges);
      }
    }
  }
}
