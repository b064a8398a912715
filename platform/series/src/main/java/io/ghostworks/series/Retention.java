package io.ghostworks.series;

import io.ghostworks.model.TenantId;
import io.ghostworks.runtime.time.Clock;
import java.util.Map;

/** What may be seen now: the policy with the clock. Thread-safe. */
final class Retention {
  private final RetentionPolicy policy;
  private final Clock clock;
  private volatile Map<TenantId, Long> floors = Map.of();

  Retention(RetentionPolicy policy, Clock clock) {
    this.policy = policy;
    this.clock = clock;
  }

  RetentionPolicy policy() {
    return policy;
  }

  /** Hides, from now on, a tenant's samples before a time where it is over its size. */
  void floors(Map<TenantId, Long> newFloors) {
    floors = Map.copyOf(newFloors);
  }

  /** What may be seen of a state of the engine. */
  Visibility of(LiveLayers.Layers layers) {
    return new Visibility(policy, layers.tombstones(), floors, clock.epochMs(), 0);
  }
}
