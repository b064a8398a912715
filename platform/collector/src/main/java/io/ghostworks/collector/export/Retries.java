package io.ghostworks.collector.export;

import io.ghostworks.collector.config.ExporterConfig.Sending;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/** When a request is sent again, as {@code retry_on_failure} says. */
final class Retries {
  private final Sending sending;
  private final DoubleSupplier random;

  /**
   * @param random of [0, 1), to spread repetitions
   */
  Retries(Sending sending, DoubleSupplier random) {
    this.sending = sending;
    this.random = random;
  }

  /**
   * The pause before the next attempt, which grows from attempt to attempt, is spread by chance,
   * and is never shorter than the other side asks for; empty where the request is given up.
   *
   * @param attempts that were made before the last one
   * @param elapsed since the first one
   */
  Optional<Duration> pause(int attempts, Duration elapsed, Delivery.Again again) {
    if (!sending.retries()) {
      return Optional.empty();
    }
    double nanos = sending.initialInterval().toNanos() * Math.pow(sending.multiplier(), attempts);
    double bounded = Math.min(nanos, sending.maxInterval().toNanos());
    double spread = 1 + sending.randomization() * (2 * random.getAsDouble() - 1);
    Duration own = Duration.ofNanos((long) (bounded * spread));
    Duration pause = own.compareTo(again.after()) < 0 ? again.after() : own;
    boolean givesUp =
        !sending.maxElapsed().isZero() && elapsed.plus(pause).compareTo(sending.maxElapsed()) > 0;
    return givesUp ? Optional.empty() : Optional.of(pause);
  }
}
