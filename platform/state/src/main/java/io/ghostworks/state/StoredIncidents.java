package io.ghostworks.state;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import java.util.List;
import java.util.Optional;

/**
 * Incidents: each is the life of an alert group from its first firing alert to its last resolution,
 * with the alerts and what happened. Times are nanoseconds since the epoch.
 */
public interface StoredIncidents {

  /** Events of one incident that are kept: its beginning, what people wrote, and the newest. */
  int EVENTS_MAX = 1_000;

  /** The newest incident of a group, open or not. */
  Optional<Row> newestOf(TenantId tenant, String groupKey);

  /** The incidents of a tenant that have not ended. */
  List<Row> open(TenantId tenant);

  /** Incidents of a tenant, newest first. */
  List<Row> newest(TenantId tenant, Selection selection, int rowsMax);

  /** An incident of a tenant. */
  Optional<Row> find(TenantId tenant, long id);

  /**
   * Begins an incident without alerts.
   *
   * @return its id
   */
  long begin(TenantId tenant, Begun begun);

  /** An ended incident goes on. */
  void reopen(long id, long atNanos);

  /** Ends an incident and all of its alerts. */
  void end(long id, long atNanos);

  /**
   * An alert fires.
   *
   * @return whether it did not fire before
   */
  boolean fire(long id, long hash, ReceivedAlerts.Row alert);

  /**
   * An alert is over.
   *
   * @return whether it fired before
   */
  boolean resolve(long id, long hash, long atNanos);

  /** How many alerts of an incident fire. */
  int firing(long id);

  /** The hashes of the alerts of an incident that fire, ascending. */
  long[] firingHashes(long id);

  /** The alerts of an incident, those that fire first, then by their begin. */
  List<Alert> alerts(long id, int rowsMax);

  /** Stores how an incident stands after a change. */
  void update(long id, int firing, long atNanos);

  /** Adds to what happened. */
  void add(long id, Event event);

  /** What happened, oldest first; only newer events than the given one. */
  List<Event> events(long id, long afterId, int rowsMax);

  /**
   * Forgets ended incidents of a tenant beyond the newest {@code rowsMax}, and those ended before.
   */
  void trim(TenantId tenant, int rowsMax, long endedBeforeNanos);

  /**
   * A new incident.
   *
   * @param title the alert's name
   * @param summary of the first alert, or ""
   * @param severity of the first alert, or ""
   */
  record Begun(
      String groupKey,
      String receiver,
      Labels groupLabels,
      String title,
      String summary,
      String severity,
      long startedAtNanos) {}

  /**
   * Which incidents.
   *
   * @param beforeId only older ones than this
   * @param state which of them
   * @param receiver "" for any
   * @param groupKey "" for any
   * @param fromNanos those that had not ended then
   * @param toNanos those that began before
   */
  record Selection(
      long beforeId, State state, String receiver, String groupKey, long fromNanos, long toNanos) {

    /** Whether it goes on. */
    public enum State {
      ANY,
      OPEN,
      ENDED
    }

    /** All of them. */
    public static final Selection ALL =
        new Selection(Long.MAX_VALUE, State.ANY, "", "", 0, Long.MAX_VALUE);

    /** The same, but older ones than this. */
    public Selection before(long id) {
      return new Selection(id, state, receiver, groupKey, fromNanos, toNanos);
    }
  }

  /**
   * One incident.
   *
   * @param endedAtNanos 0 while it goes on
   * @param updatedAtNanos of the last event
   * @param firing how many alerts fire
   * @param alerts how many alerts it has had
   * @param reopened how often it went on after an end
   */
  record Row(
      long id,
      String groupKey,
      String receiver,
      Labels groupLabels,
      String title,
      String summary,
      String severity,
      long startedAtNanos,
      long endedAtNanos,
      long updatedAtNanos,
      int firing,
      int alerts,
      int reopened) {

    public boolean isOpen() {
      return endedAtNanos == 0;
    }
  }

  /**
   * An alert of an incident.
   *
   * @param endsAtNanos 0 while it fires
   */
  record Alert(
      Labels labels,
      Labels annotations,
      long startsAtNanos,
      long endsAtNanos,
      String generatorUrl) {}

  /**
   * Something that happened.
   *
   * @param id 0 for one that is to be added
   * @param kind a word such as {@code fired}
   * @param author who did it, or ""
   * @param text in words, or a comment
   * @param notification the one that it is about, or 0
   */
  record Event(long id, long atNanos, String kind, String author, String text, long notification) {}
}
