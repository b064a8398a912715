package io.ghostworks.state;

import io.ghostworks.model.TenantId;
import java.util.List;

/**
 * Notifications on their way to receivers. A row is pending from the moment it is decided on until
 * it is delivered, replaced by a newer one of the same group and integration, or refused for good;
 * then it stays a while as the record of what happened.
 */
public interface Outbox {

  /** The pending rows of all tenants, oldest first. */
  List<Row> pending();

  /** The newest rows of a tenant, newest first. */
  List<Row> recent(TenantId tenant, int rowsMax);

  /**
   * Adds a pending row and marks pending ones of the same tenant, group and integration as
   * replaced.
   *
   * @return the row's id
   */
  long add(
      TenantId tenant, String groupKey, String integration, byte[] payload, long createdAtNanos);

  /** Records an attempt that is to be repeated. */
  void retry(long id, int attempts, String error, long atNanos);

  /** Ends a row. */
  void end(long id, Condition condition, int attempts, String error, long atNanos);

  /** Forgets ended rows beyond the newest {@code rowsMax} of each tenant. */
  void trim(int rowsMax);

  /** Where a row stands. */
  enum Condition {
    PENDING,
    DELIVERED,
    REPLACED,
    FAILED
  }

  /**
   * One notification.
   *
   * @param payload what its writer needs to send it
   * @param attempts how often it was tried
   * @param error what the last attempt failed with, or ""
   * @param createdAtNanos since the epoch
   * @param updatedAtNanos when its condition, attempts or error changed last
   */
  record Row(
      long id,
      TenantId tenant,
      String groupKey,
      String integration,
      byte[] payload,
      Condition condition,
      int attempts,
      String error,
      long createdAtNanos,
      long updatedAtNanos) {}
}
