package io.ghostworks.server.http;

import org.jspecify.annotations.Nullable;

/** Hears of every request that was answered. Called on event loops and pools: must be quick. */
@FunctionalInterface
public interface RequestObserver {

  /**
   * @param traceParent the header of W3C Trace Context that names trace and parent
   */
  void answered(
      Route route,
      String method,
      int status,
      long startEpochNanos,
      long durationNanos,
      @Nullable String traceParent);
}
