package io.ghostworks.server.wiring;

import io.ghostworks.model.OverloadedException;
import io.ghostworks.model.TelemetrySink;
import io.ghostworks.model.TenantId;
import io.ghostworks.runtime.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers whose samples were refused for overload lately: that tenant's alerts keep their state
 * meanwhile. Thread-safe.
 */
final class RefusalWatch {

  private static final Duration REMEMBERED = Duration.ofMinutes(2);
  private static final int TENANTS_MAX = 10_000;

  private final Clock clock;
  private final Map<TenantId, Long> refusedNanos = new ConcurrentHashMap<>();

  RefusalWatch(Clock clock) {
    this.clock = clock;
  }

  /** The same sink, watched. */
  <B> TelemetrySink<B> watched(TelemetrySink<B> sink) {
    return (tenant, batch) ->
        sink.offer(tenant, batch)
            .whenComplete((acknowledged, failure) -> {
              if (failure != null) {
                note(tenant, failure);
              }
            });
  }

  private void note(TenantId tenant, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof OverloadedException && refusedNanos.size() < TENANTS_MAX) {
      refusedNanos.put(tenant, clock.monotonicNanos());
    }
  }

  /** Why the tenant's data are not whole, or "". */
  String reason(TenantId tenant) {
    Long refused = refusedNanos.get(tenant);
    if (refused == null) {
      return "";
    }
    if (clock.monotonicNanos() - refused > REMEMBERED.toNanos()) {
      refusedNanos.remove(tenant, refused);
      return "";
    }
    return "samples of this tenant were refused for overload within the last two minutes";
  }
}
