package io.ghostworks.alertmanager.incident;

import io.ghostworks.alertmanager.alert.AlertLinks;
import io.ghostworks.alertmanager.alert.Alerts;
import io.ghostworks.alertmanager.alert.Fingerprint;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.state.Acknowledgements;
import io.ghostworks.state.State;
import io.ghostworks.state.StoredIncidents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The incidents of a tenant: what they are, and what people do about them. Ended ones are kept for
 * {@link #AGE_MAX}, the newest {@link #ENDED_MAX}. A view of the moment of each call; thread-safe.
 */
public final class Incidents {

  /** Ended incidents of a tenant that are kept. */
  public static final int ENDED_MAX = 10_000;

  /** How long they are kept. */
  public static final Duration AGE_MAX = Duration.ofDays(400);

  private static final int PAGE = 200;
  private static final int ALERTS_SHOWN_MAX = 1_000;

  private final TenantId tenant;
  private final State state;
  private final Clock clock;
  private final String externalUrl;

  /**
   * @param externalUrl where people reach this Alertmanager, without a slash at its end
   */
  public Incidents(TenantId tenant, State state, Clock clock, String externalUrl) {
    this.tenant = tenant;
    this.state = state;
    this.clock = clock;
    this.externalUrl = externalUrl;
  }

  /**
   * Which incidents.
   *
   * @param alertMatchers what the labels of one of its alerts must fulfil, all of them
   * @param acknowledged whether somebody has seen them; empty for either
   */
  public record Query(
      StoredIncidents.Selection selection,
      List<LabelMatcher> alertMatchers,
      Optional<Boolean> acknowledged,
      int limit) {
    public Query {
      alertMatchers = List.copyOf(alertMatchers);
    }
  }

  /** The newest incidents that a query asks for. */
  public IncidentViews.Page find(Query query) {
    List<IncidentViews.Incident> found = new ArrayList<>();
    StoredIncidents.Selection rest = query.selection;
    while (true) {
      StoredIncidents.Selection asked = rest;
      List<IncidentViews.Incident> page = new ArrayList<>();
      List<StoredIncidents.Row> rows =
          state.transaction(tables -> {
            page.clear();
            List<StoredIncidents.Row> some = tables.incidents().newest(tenant, asked, PAGE);
            some.stream()
                .filter(row -> isWanted(tables, row, query))
                .forEach(row -> page.add(view(tables, row)));
            return some;
          });
      for (IncidentViews.Incident incident : page) {
        if (found.size() == query.limit) {
          return new IncidentViews.Page(found, found.getLast().id());
        }
        found.add(incident);
      }
      if (rows.size() < PAGE) {
        return new IncidentViews.Page(found, null);
      }
      rest = rest.before(rows.getLast().id());
    }
  }

  private boolean isWanted(State.Tables tables, StoredIncidents.Row row, Query query) {
    if (query.acknowledged.isPresent()
        && query.acknowledged.get() != acknowledgement(tables, row).isPresent()) {
      return false;
    }
    return query.alertMatchers.isEmpty()
        || tables.incidents().alerts(row.id(), ALERTS_SHOWN_MAX).stream()
            .anyMatch(alert ->
                query.alertMatchers.stream()
                    .allMatch(m -> m.matches(alert.labels().get(m.label()))));
  }

  /** One incident with its alerts and its timeline. */
  public Optional<IncidentViews.Detail> find(long id) {
    return state.transaction(
        tables -> tables.incidents().find(tenant, id).map(row -> detail(tables, row)));
  }

  private IncidentViews.Detail detail(State.Tables tables, StoredIncidents.Row row) {
    return new IncidentViews.Detail(
        view(tables, row),
        tables.incidents().alerts(row.id(), ALERTS_SHOWN_MAX).stream()
            .map(alert -> IncidentViews.alert(alert, externalUrl))
            .toList(),
        tables.incidents().events(row.id(), 0, StoredIncidents.EVENTS_MAX).stream()
            .map(IncidentViews::event)
            .toList());
  }

  private IncidentViews.Incident view(State.Tables tables, StoredIncidents.Row row) {
    long end = row.isOpen() ? clock.epochNanos() : row.endedAtNanos();
    return new IncidentViews.Incident(
        Long.toString(row.id()),
        row.isOpen() ? "open" : "ended",
        row.title(),
        row.summary(),
        row.severity(),
        row.receiver(),
        row.groupKey(),
        row.groupLabels().toMap(),
        Alerts.time(row.startedAtNanos()),
        row.isOpen() ? null : Alerts.time(row.endedAtNanos()),
        Duration.ofNanos(Math.max(0, end - row.startedAtNanos())).toSeconds(),
        Alerts.time(row.updatedAtNanos()),
        row.firing(),
        row.alerts(),
        row.reopened(),
        acknowledgement(tables, row).map(IncidentViews::acknowledgement).orElse(null),
        AlertLinks.silence(externalUrl, row.groupLabels()));
  }

  private Optional<Acknowledgements.Row> acknowledgement(
      State.Tables tables, StoredIncidents.Row row) {
    return tables
        .acknowledgements()
        .find(tenant, row.groupKey())
        .filter(seen -> seen.incident() == row.id() && seen.untilNanos() > clock.epochNanos());
  }

  /** Adds a comment; empty if there is no such incident. */
  public Optional<IncidentViews.Detail> comment(long id, String author, String text) {
    return changed(id, (tables, row) -> note(tables, row, "comment", author, text));
  }

  /**
   * Somebody has seen alerts of an incident: they are not told again until a time, or until
   * something new fires. Takes the place of an earlier acknowledgement.
   *
   * @param fingerprints of the alerts; empty for all that fire
   * @throws IllegalArgumentException if the incident has ended, or has no such alert
   */
  public Optional<IncidentViews.Detail> acknowledge(
      long id, String author, String comment, Duration duration, Set<String> fingerprints) {
    return changed(
        id,
        (tables, row) -> {
          if (!row.isOpen()) {
            throw new IllegalArgumentException(
                "the incident %d has ended: there is nothing to acknowledge".formatted(id));
          }
          long now = clock.epochNanos();
          long[] hashes = hashes(tables, row, fingerprints);
          tables
              .acknowledgements()
              .put(
                  tenant,
                  new Acknowledgements.Row(
                      row.groupKey(), id, author, comment, now, now + duration.toNanos(), hashes));
          String text =
              "%d of %d firing alerts, until %s%s"
                  .formatted(
                      hashes.length,
                      row.firing(),
                      Alerts.time(now + duration.toNanos()),
                      comment.isEmpty() ? "" : ": " + comment);
          note(tables, row, "acknowledged", author, text);
        });
  }

  private static long[] hashes(
      State.Tables tables, StoredIncidents.Row row, Set<String> fingerprints) {
    if (fingerprints.isEmpty()) {
      return tables.incidents().firingHashes(row.id());
    }
    long[] hashes =
        tables.incidents().alerts(row.id(), Integer.MAX_VALUE).stream()
            .map(StoredIncidents.Alert::labels)
            .filter(labels -> fingerprints.contains(Fingerprint.of(labels)))
            .mapToLong(Fingerprint::logged)
            .sorted()
            .toArray();
    if (hashes.length != fingerprints.size()) {
      throw new IllegalArgumentException(
          "the incident %d has %d of the %d alerts: each must be the fingerprint of one of its alerts"
              .formatted(row.id(), hashes.length, fingerprints.size()));
    }
    return hashes;
  }

  /** Takes an acknowledgement back; does nothing where there is none. */
  public Optional<IncidentViews.Detail> unacknowledge(long id, String author, String comment) {
    return changed(
        id,
        (tables, row) -> {
          if (acknowledgement(tables, row).isPresent()) {
            tables.acknowledgements().remove(tenant, row.groupKey());
            note(tables, row, "unacknowledged", author, comment);
          }
        });
  }

  /** A change of one incident, inside a transaction. */
  @FunctionalInterface
  private interface Change {
    void make(State.Tables tables, StoredIncidents.Row row);
  }

  private Optional<IncidentViews.Detail> changed(long id, Change change) {
    return state.transaction(tables ->
        tables
            .incidents()
            .find(tenant, id)
            .map(row -> {
              change.make(tables, row);
              return detail(tables, row);
            }));
  }

  private void note(
      State.Tables tables, StoredIncidents.Row row, String kind, String author, String text) {
    tables
        .incidents()
        .add(row.id(), new StoredIncidents.Event(0, clock.epochNanos(), kind, author, text, 0));
  }

  /** Forgets what is beyond the bounds. */
  public void trim(State.Tables tables) {
    tables.incidents().trim(tenant, ENDED_MAX, clock.epochNanos() - AGE_MAX.toNanos());
  }
}
