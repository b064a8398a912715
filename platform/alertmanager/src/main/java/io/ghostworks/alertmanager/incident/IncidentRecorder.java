package io.ghostworks.alertmanager.incident;

import io.ghostworks.alertmanager.alert.Fingerprint;
import io.ghostworks.alertmanager.deliver.DeliveryEvents;
import io.ghostworks.alertmanager.dispatch.GroupEvents;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.state.Acknowledgements;
import io.ghostworks.state.ReceivedAlerts;
import io.ghostworks.state.State;
import io.ghostworks.state.StoredIncidents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Writes incidents as alert groups live, in the transactions that store what happened. An incident
 * begins with the first alert of a group that fires and ends with the last that is over; what fires
 * within {@link #REOPEN_MAX} of an end goes on with the same incident. Holds nothing itself.
 */
public final class IncidentRecorder implements GroupEvents, DeliveryEvents {

  /** How long after its end an incident is reopened rather than a new one begun. */
  public static final Duration REOPEN_MAX = Duration.ofMinutes(15);

  private static final String ALERT_NAME = "alertname";
  private static final int TEXT_CHARS_MAX = 1_000;

  private final TenantId tenant;

  public IncidentRecorder(TenantId tenant) {
    this.tenant = tenant;
  }

  @Override
  public void changed(
      State.Tables tables,
      Group group,
      List<ReceivedAlerts.Row> fired,
      List<ReceivedAlerts.Row> resolved,
      long nowNanos) {
    StoredIncidents incidents = tables.incidents();
    Optional<StoredIncidents.Row> newest = incidents.newestOf(tenant, group.key());
    boolean open = newest.isPresent() && newest.get().isOpen();
    if (fired.isEmpty() && !open) {
      return;
    }
    int before = open ? newest.orElseThrow().firing() : 0;
    long id = open ? newest.orElseThrow().id() : opened(incidents, group, newest, fired, nowNanos);
    List<ReceivedAlerts.Row> joined = new ArrayList<>();
    for (ReceivedAlerts.Row alert : fired) {
      if (incidents.fire(id, Fingerprint.logged(alert.labels()), alert)) {
        joined.add(alert);
      }
    }
    List<ReceivedAlerts.Row> over = new ArrayList<>();
    long lastEnd = 0;
    for (ReceivedAlerts.Row alert : resolved) {
      if (incidents.resolve(id, Fingerprint.logged(alert.labels()), alert.endsAtNanos())) {
        over.add(alert);
        lastEnd = Math.max(lastEnd, alert.endsAtNanos());
      }
    }
    if (joined.isEmpty() && over.isEmpty()) {
      return;
    }
    if (!joined.isEmpty()) {
      note(incidents, id, nowNanos, "fired", AlertTexts.of(joined, group.labels()));
      endAcknowledgementOfNew(tables, group, id, joined, nowNanos);
    }
    if (!over.isEmpty()) {
      note(incidents, id, nowNanos, "resolved", AlertTexts.of(over, group.labels()));
    }
    int firing = Math.max(0, before + joined.size() - over.size());
    incidents.update(id, firing, nowNanos);
    if (firing == 0) {
      end(tables, group.key(), id, Math.min(nowNanos, lastEnd), "the last alert is over");
    }
  }

  private long opened(
      StoredIncidents incidents,
      Group group,
      Optional<StoredIncidents.Row> newest,
      List<ReceivedAlerts.Row> fired,
      long nowNanos) {
    if (newest.isPresent() && nowNanos - newest.get().endedAtNanos() <= REOPEN_MAX.toNanos()) {
      long id = newest.get().id();
      incidents.reopen(id, nowNanos);
      note(incidents, id, nowNanos, "reopened", "");
      return id;
    }
    ReceivedAlerts.Row first = fired.getFirst();
    long started =
        fired.stream().mapToLong(ReceivedAlerts.Row::startsAtNanos).min().orElse(nowNanos);
    long id =
        incidents.begin(
            tenant,
            new StoredIncidents.Begun(
                group.key(),
                group.receiver(),
                group.labels(),
                title(group.labels(), first.labels()),
                cut(first.annotations().get("summary")),
                first.labels().get("severity"),
                Math.min(started, nowNanos)));
    note(incidents, id, nowNanos, "opened", "");
    return id;
  }

  private static String title(Labels group, Labels alert) {
    return group.has(ALERT_NAME) ? group.get(ALERT_NAME) : alert.get(ALERT_NAME);
  }

  private void endAcknowledgementOfNew(
      State.Tables tables, Group group, long id, List<ReceivedAlerts.Row> joined, long nowNanos) {
    Optional<Acknowledgements.Row> seen = tables.acknowledgements().find(tenant, group.key());
    boolean isNew =
        seen.isPresent()
            && joined.stream()
                .mapToLong(alert -> Fingerprint.logged(alert.labels()))
                .anyMatch(hash -> Arrays.binarySearch(seen.get().hashes(), hash) < 0);
    if (isNew) {
      tables.acknowledgements().remove(tenant, group.key());
      note(tables.incidents(), id, nowNanos, "unacknowledged", "something new fires");
    }
  }

  private void end(State.Tables tables, String groupKey, long id, long atNanos, String why) {
    tables.incidents().end(id, atNanos);
    note(tables.incidents(), id, atNanos, "ended", why);
    tables.acknowledgements().remove(tenant, groupKey);
  }

  @Override
  public void muted(
      State.Tables tables,
      Group group,
      List<ReceivedAlerts.Row> alerts,
      String why,
      long nowNanos) {
    tables
        .incidents()
        .newestOf(tenant, group.key())
        .filter(StoredIncidents.Row::isOpen)
        .ifPresent(incident ->
            note(
                tables.incidents(),
                incident.id(),
                nowNanos,
                "muted",
                why + ": " + AlertTexts.of(alerts, group.labels())));
  }

  @Override
  public boolean acknowledged(State.Tables tables, Group group, long[] firing, long nowNanos) {
    Optional<Acknowledgements.Row> seen = tables.acknowledgements().find(tenant, group.key());
    if (seen.isEmpty()) {
      return false;
    }
    Acknowledgements.Row row = seen.get();
    if (row.untilNanos() <= nowNanos) {
      tables.acknowledgements().remove(tenant, group.key());
      note(tables.incidents(), row.incident(), nowNanos, "unacknowledged", "its time is over");
      return false;
    }
    return Arrays.stream(firing).allMatch(hash -> Arrays.binarySearch(row.hashes(), hash) >= 0);
  }

  @Override
  public void known(State.Tables tables, Set<String> groupKeys, long nowNanos) {
    for (StoredIncidents.Row incident : tables.incidents().open(tenant)) {
      if (!groupKeys.contains(incident.groupKey())) {
        end(
            tables,
            incident.groupKey(),
            incident.id(),
            nowNanos,
            "its alerts are gone, or the routes group them otherwise");
      }
    }
  }

  @Override
  public void told(State.Tables tables, String groupKey, News news) {
    Optional<StoredIncidents.Row> incident = tables.incidents().newestOf(tenant, groupKey);
    if (incident.isEmpty()) {
      return;
    }
    String kind =
        switch (news.outcome()) {
          case DELIVERED -> "notified";
          case FAILED -> "notification_failed";
          case REFUSED -> "notification_refused";
        };
    String text =
        "%s: %s, %d firing, %d resolved%s%s"
            .formatted(
                news.integration(),
                news.reason(),
                news.firing(),
                news.resolved(),
                news.carrier() == 0 ? "" : ", in a digest",
                news.error().isEmpty() ? "" : ": " + news.error());
    tables
        .incidents()
        .add(
            incident.get().id(),
            new StoredIncidents.Event(0, news.atNanos(), kind, "", cut(text), news.notification()));
  }

  private static void note(
      StoredIncidents incidents, long id, long atNanos, String kind, String text) {
    incidents.add(id, new StoredIncidents.Event(0, atNanos, kind, "", cut(text), 0));
  }

  private static String cut(String text) {
    return text.length() <= TEXT_CHARS_MAX ? text : text.substring(0, TEXT_CHARS_MAX) + "…";
  }
}
