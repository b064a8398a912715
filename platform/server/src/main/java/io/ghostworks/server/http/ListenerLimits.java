package io.ghostworks.server.http;

import java.time.Duration;

/**
 * How much and how long a listener bears with its clients.
 *
 * @param requestBytesMax of a request's body, before and after decompression
 * @param headTime from the first byte of a request's head to its last
 * @param bodyTime from a request's head to the end of its body
 * @param requestTime from a request's head to its answer
 * @param idleTime without a request on a connection
 * @param connectionsMax of one listener
 */
public record ListenerLimits(
    long requestBytesMax,
    Duration headTime,
    Duration bodyTime,
    Duration requestTime,
    Duration idleTime,
    int connectionsMax) {

  /** The limits that hold unless a test wants shorter ones. */
  public static ListenerLimits of(long requestBytesMax, Duration requestTime) {
    return new ListenerLimits(
        requestBytesMax,
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        requestTime,
        Duration.ofMinutes(2),
        10_000);
  }
}
