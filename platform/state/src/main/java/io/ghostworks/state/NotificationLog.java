package io.ghostworks.state;

import io.ghostworks.model.TenantId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was delivered last to each receiver for each group, so that nothing is told twice. */
public interface NotificationLog {

  /** The last delivery, if it is still remembered. */
  Optional<Entry> find(TenantId tenant, String groupKey, String integration);

  /** Stores a delivery in the place of the one before. */
  void put(TenantId tenant, Entry entry);

  /** Forgets entries that expire before a time. */
  void removeExpired(long nowNanos);

  /** The deliveries of all tenants, for tests and support; in no particular order. */
  List<Entry> all(TenantId tenant);

  /**
   * One delivery.
   *
   * @param groupKey the group of alerts
   * @param integration receiver, kind and index, such as {@code team/webhook/0}
   * @param firing hashes of the alerts told as firing, ascending
   * @param resolved hashes of the alerts told as resolved, ascending
   * @param sentAtNanos when, since the epoch
   * @param expiresAtNanos until when it is remembered
   * @param receiverData what the integration remembers for the group
   */
  record Entry(
      String groupKey,
      String integration,
      long[] firing,
      long[] resolved,
      long sentAtNanos,
      long expiresAtNanos,
      Map<String, String> receiverData) {

    public Entry {
      firing = firing.clone();
      resolved = resolved.clone();
      receiverData = Map.copyOf(receiverData);
    }

    /** One of an integration that remembers nothing. */
    public Entry(
        String groupKey,
        String integration,
        long[] firing,
        long[] resolved,
        long sentAtNanos,
        long expiresAtNanos) {
      this(groupKey, integration, firing, resolved, sentAtNanos, expiresAtNanos, Map.of());
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Entry entry
          && groupKey.equals(entry.groupKey)
          && integration.equals(entry.integration)
          && Arrays.equals(firing, entry.firing)
          && Arrays.equals(resolved, entry.resolved)
          && sentAtNanos == entry.sentAtNanos
          && expiresAtNanos == entry.expiresAtNanos
          && receiverData.equals(entry.receiverData);
    }

    @Override
    public int hashCode() {
      return groupKey.hashCode() * 31 + integration.hashCode();
    }
  }
}
