package io.ghostworks.alertmanager.alert;

import io.ghostworks.model.label.Labels;
import io.ghostworks.state.ReceivedAlerts;
import io.ghostworks.template.GoTime;
import java.util.Comparator;
import java.util.Optional;

/** What can be said of received alerts ({@code alert/alert.go}). */
public final class Alerts {

  /** By job, then instance, then all labels: the order within a notification. */
  public static final Comparator<ReceivedAlerts.Row> ORDER =
      Comparator.<ReceivedAlerts.Row>comparingInt(row -> row.labels().has("job") ? 0 : 1)
          .thenComparing(row -> row.labels().get("job"), Labels::compareUtf8)
          .thenComparingInt(row -> row.labels().has("instance") ? 0 : 1)
          .thenComparing(row -> row.labels().get("instance"), Labels::compareUtf8)
          .thenComparing(ReceivedAlerts.Row::labels, LabelOrder.INSTANCE);

  private Alerts() {}

  public static boolean isResolved(ReceivedAlerts.Row alert, long nowNanos) {
    return alert.endsAtNanos() != 0 && alert.endsAtNanos() <= nowNanos;
  }

  /**
   * The same with an end that no sender gave.
   *
   * @param endsAtNanos 0 where it is not known
   */
  public static ReceivedAlerts.Row until(ReceivedAlerts.Row alert, long endsAtNanos) {
    return new ReceivedAlerts.Row(
        alert.labels(),
        alert.annotations(),
        alert.startsAtNanos(),
        endsAtNanos,
        alert.updatedAtNanos(),
        true,
        alert.generatorUrl());
  }

  /** One alert of two with the same labels, where their times overlap; otherwise the newer. */
  public static ReceivedAlerts.Row merged(
      ReceivedAlerts.Row before, ReceivedAlerts.Row now, long nowNanos) {
    boolean overlap =
        (now.endsAtNanos() > before.startsAtNanos() && now.endsAtNanos() < before.endsAtNanos())
            || (now.startsAtNanos() > before.startsAtNanos()
                && now.startsAtNanos() < before.endsAtNanos());
    if (!overlap) {
      return now;
    }
    if (now.updatedAtNanos() < before.updatedAtNanos()) {
      return merge(now, before, nowNanos);
    }
    return merge(before, now, nowNanos);
  }

  private static ReceivedAlerts.Row merge(
      ReceivedAlerts.Row older, ReceivedAlerts.Row newer, long nowNanos) {
    long endsAt = newer.endsAtNanos();
    boolean olderEndsLater = older.endsAtNanos() > endsAt;
    if (isResolved(newer, nowNanos)) {
      endsAt = isResolved(older, nowNanos) && olderEndsLater ? older.endsAtNanos() : endsAt;
    } else if (olderEndsLater && !older.timeout()) {
      endsAt = older.endsAtNanos();
    }
    return new ReceivedAlerts.Row(
        newer.labels(),
        newer.annotations(),
        Math.min(older.startsAtNanos(), newer.startsAtNanos()),
        endsAt,
        newer.updatedAtNanos(),
        newer.timeout(),
        newer.generatorUrl());
  }

  /** Why an alert cannot be taken, in Alertmanager's words. */
  public static Optional<String> mistake(ReceivedAlerts.Row alert) {
    if (alert.startsAtNanos() == 0) {
      return Optional.of("start time missing");
    }
    if (alert.endsAtNanos() != 0 && alert.endsAtNanos() < alert.startsAtNanos()) {
      return Optional.of("start time must be before end time");
    }
    if (alert.labels().isEmpty()) {
      return Optional.of("at least one label pair required");
    }
    if (alert.labels().has("")) {
      return Optional.of("invalid label set: invalid name \"\"");
    }
    if (alert.annotations().has("")) {
      return Optional.of("invalid annotations: invalid name \"\"");
    }
    return Optional.empty();
  }

  /** A time as Alertmanager's API writes it: RFC 3339 with milliseconds. */
  public static String time(long nanos) {
    return GoTime.ofEpochNanos(nanos).format("2006-01-02T15:04:05.000Z07:00");
  }
}
