package io.ghostworks.alertmanager.deliver;

/**
 * How many messages go out. What is beyond waits in the outbox and is told later, bundled where
 * many groups wait. A retry counts as a message.
 *
 * @param receiverPerMinute to one integration of a receiver, in the long run
 * @param receiverBurst to one integration at once
 * @param tenantPerMinute to all receivers of a tenant, in the long run
 * @param tenantBurst to all receivers of a tenant at once
 */
public record NotificationLimits(
    int receiverPerMinute, int receiverBurst, int tenantPerMinute, int tenantBurst) {

  /** Generous: two a second to each receiver, and ten a second to all. */
  public static final NotificationLimits DEFAULT = new NotificationLimits(120, 100, 600, 500);

  RateLimit receiverRate() {
    return new RateLimit(receiverPerMinute, receiverBurst);
  }

  RateLimit tenantRate() {
    return new RateLimit(tenantPerMinute, tenantBurst);
  }
}
