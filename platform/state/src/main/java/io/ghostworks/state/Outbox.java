package io.ghostworks.state;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Notifications on their way to receivers. A row is pending from the moment it is decided on until
 * it is delivered, replaced by a newer one of the same group and integration, or refused for good;
 * then it stays a while as the record of what happened, without its payload where that is larger
 * than 64 KiB. Several rows may be sent as one message, a digest: one of them is its carrier, which
 * has the attempts.
 */
public interface Outbox {

  /** Attempts of a row that are kept, the newest. */
  int ATTEMPTS_MAX = 20;

  /** The pending rows of a tenant, oldest first. */
  List<Waiting> pending(TenantId tenant);

  /** What the writers of rows need to send them, by id; unknown ids are left out. */
  Map<Long, byte[]> payloads(Collection<Long> ids);

  /**
   * Adds a pending row and marks pending ones of the same tenant, group and integration as
   * replaced.
   *
   * @return the row's id
   */
  long add(TenantId tenant, Added added);

  /** Records an attempt at some rows, pending before and after. */
  void retry(Sent sent, Attempt attempt);

  /**
   * Ends rows.
   *
   * @param attempt the last one
   * @param payload what is kept of the carrier's; null keeps it as it is
   */
  void end(Sent sent, Condition condition, Attempt attempt, byte @Nullable [] payload);

  /** Ends a row without another attempt. */
  void drop(long id, Condition condition, String why, long atNanos);

  /** Rows of a tenant, newest first. */
  List<Row> newest(TenantId tenant, Selection selection, int rowsMax);

  /** A row of a tenant. */
  Optional<Row> find(TenantId tenant, long id);

  /** The attempts at a row that are kept, oldest first. */
  List<Attempt> attempts(long id);

  /** Forgets ended rows of a tenant beyond the newest {@code rowsMax}, and those ended before. */
  void trim(TenantId tenant, int rowsMax, long endedBeforeNanos);

  /** Where a row stands. */
  enum Condition {
    PENDING,
    DELIVERED,
    REPLACED,
    FAILED
  }

  /**
   * A new row.
   *
   * @param payload what its writer needs to send it
   * @param reason why it is told, in words
   * @param firing how many alerts it tells of that fire
   * @param resolved how many that are over
   * @param toldHash stands for these alerts
   * @param idempotencyKey the same for every attempt, and for no other notification
   */
  record Added(
      String groupKey,
      String integration,
      String receiver,
      Labels groupLabels,
      String reason,
      int firing,
      int resolved,
      long toldHash,
      String idempotencyKey,
      byte[] payload,
      long createdAtNanos) {}

  /**
   * A pending row.
   *
   * @param alerts how many it tells of
   * @param toldHash 0 where an earlier version wrote it
   */
  record Waiting(
      long id,
      String groupKey,
      String integration,
      int alerts,
      long toldHash,
      int attempts,
      String error) {}

  /**
   * What was sent as one message.
   *
   * @param carrier one of the rows
   * @param ids all of them
   */
  record Sent(long carrier, List<Long> ids) {
    public Sent {
      ids = List.copyOf(ids);
    }

    /** One row by itself. */
    public static Sent alone(long id) {
      return new Sent(id, List.of(id));
    }
  }

  /**
   * One attempt.
   *
   * @param number from 1
   * @param durationNanos of the whole exchange
   * @param error "" where it was delivered
   * @param status of the answer, 0 where there is none
   * @param exchanges requests and answers, without secrets, as their writer packs them
   */
  record Attempt(
      int number, long atNanos, long durationNanos, String error, int status, byte[] exchanges) {}

  /**
   * Which rows.
   *
   * @param beforeId only older ones than this
   * @param receiver "" for any
   * @param groupKey "" for any
   * @param conditions empty for any
   * @param fromNanos created then or later
   * @param toNanos created before
   */
  record Selection(
      long beforeId,
      String receiver,
      String groupKey,
      List<Condition> conditions,
      long fromNanos,
      long toNanos) {

    /** All of them. */
    public static final Selection ALL =
        new Selection(Long.MAX_VALUE, "", "", List.of(), 0, Long.MAX_VALUE);

    public Selection {
      conditions = List.copyOf(conditions);
    }

    /** The same, but older ones than this. */
    public Selection before(long id) {
      return new Selection(id, receiver, groupKey, conditions, fromNanos, toNanos);
    }
  }

  /**
   * One notification.
   *
   * @param receiver "" where an earlier version wrote it
   * @param attempts how often it was tried
   * @param error what the last attempt failed with, or why it ended, or ""
   * @param createdAtNanos since the epoch
   * @param updatedAtNanos when its condition, attempts or error changed last
   * @param carrier the row that it was sent with in a digest; 0 where it was sent by itself
   */
  record Row(
      long id,
      String groupKey,
      String integration,
      String receiver,
      Labels groupLabels,
      String reason,
      int firing,
      int resolved,
      String idempotencyKey,
      Condition condition,
      int attempts,
      String error,
      long createdAtNanos,
      long updatedAtNanos,
      long carrier) {}
}
