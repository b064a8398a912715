package io.ghostworks.alertmanager.deliver;

import io.ghostworks.alertmanager.alert.Alerts;
import io.ghostworks.alertmanager.config.AlertmanagerConfig;
import io.ghostworks.alertmanager.config.Integrations;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The queues of receivers as the API shows them; times are RFC 3339 texts. */
public final class QueueViews {

  private QueueViews() {}

  /**
   * The queues of a tenant.
   *
   * @param queues one for each integration of the receivers that routes name, in file order
   */
  public record Queues(Limits limits, List<Queue> queues) {}

  /** How many messages may go out, in a minute in the long run and at once. */
  public record Limits(
      int receiverPerMinute, int receiverBurst, int tenantPerMinute, int tenantBurst) {}

  /**
   * The queue of one integration.
   *
   * @param integration its kind, such as {@code webhook}
   * @param name receiver, kind and number
   * @param target where it goes, without secrets
   * @param waiting notifications that are not delivered yet
   * @param pausing those of them that failed and wait for their next try
   * @param sending those of them that are under way
   * @param failuresInRow messages that failed since the last that was delivered
   * @param circuitOpen whether the receiver takes nothing, so that only one message tries
   * @param nextTryAt when the next message may go out; null where none waits or one is under way
   * @param keptBackBy {@code rate} or {@code circuit}; null where neither holds what waits
   */
  public record Queue(
      String receiver,
      String integration,
      String name,
      String target,
      int waiting,
      int pausing,
      int sending,
      int failuresInRow,
      boolean circuitOpen,
      @Nullable String nextTryAt,
      @Nullable String keptBackBy) {}

  /** The queues of all integrations that may be told under a configuration. */
  public static Queues of(AlertmanagerConfig config, Deliveries deliveries) {
    NotificationLimits limits = deliveries.limits();
    return new Queues(
        new Limits(
            limits.receiverPerMinute(),
            limits.receiverBurst(),
            limits.tenantPerMinute(),
            limits.tenantBurst()),
        config.usedReceivers().stream()
            .flatMap(receiver ->
                Integrations.of(receiver).stream()
                    .map(named -> queue(receiver.name(), named, deliveries)))
            .toList());
  }

  private static Queue queue(String receiver, Integrations.Named named, Deliveries deliveries) {
    ReceiverQueue.Standing standing = deliveries.standing(named.name());
    return new Queue(
        receiver,
        named.integration().kind(),
        named.name(),
        named.integration().target(),
        standing.waiting(),
        standing.pausing(),
        standing.sending(),
        standing.failures(),
        standing.circuitOpen(),
        standing.waitNanos() < 0 ? null : Alerts.time(deliveries.nowNanos() + standing.waitNanos()),
        standing.keptBackBy().isEmpty() ? null : standing.keptBackBy());
  }
}
