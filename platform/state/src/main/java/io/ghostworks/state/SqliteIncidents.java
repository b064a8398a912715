package io.ghostworks.state;

import io.ghostworks.model.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

final class SqliteIncidents implements StoredIncidents {

  private static final String ROW =
      """
      SELECT incident.*,
        (SELECT count(*) FROM incident_alert WHERE incident = incident.id) AS alerts
      FROM incident
      """;
  private static final String BEGIN =
      """
      INSERT INTO incident
        (tenant, group_key, receiver, group_labels, title, summary, severity,
         started_at, ended_at, updated_at, firing, reopened, events)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, 0, 0, 0)
      """;
  private static final String FIRE =
      """
      INSERT INTO incident_alert
        (incident, hash, labels, annotations, starts_at, ends_at, generator_url)
      VALUES (?, ?, ?, ?, ?, 0, ?)
      ON CONFLICT (incident, hash) DO UPDATE SET annotations = excluded.annotations,
        starts_at = excluded.starts_at, ends_at = 0, generator_url = excluded.generator_url
      WHERE ends_at <> 0
      """;
  private static final String ADD =
      """
      INSERT INTO incident_event (incident, at, kind, author, text, notification)
      VALUES (?, ?, ?, ?, ?, ?)
      """;
  private static final String DROP_OLDEST =
      """
      DELETE FROM incident_event WHERE id = (SELECT id FROM incident_event
        WHERE incident = ? AND kind <> 'opened' AND author = '' ORDER BY id LIMIT 1)
      """;
  private static final String TRIM =
      """
      DELETE FROM incident WHERE tenant = ? AND ended_at <> 0 AND (ended_at < ? OR id <=
        (SELECT id FROM incident WHERE tenant = ? AND ended_at <> 0
         ORDER BY id DESC LIMIT 1 OFFSET ?))
      """;

  private final Handle handle;

  SqliteIncidents(Handle handle) {
    this.handle = handle;
  }

  @Override
  public Optional<Row> newestOf(TenantId tenant, String groupKey) {
    return handle
        .select(
            "SELECT *, 0 AS alerts FROM incident WHERE tenant = ? AND group_key = ? ORDER BY id"
                + " DESC LIMIT 1",
            tenant.value(),
            groupKey)
        .map((row, context) -> read(row))
        .findFirst();
  }

  @Override
  public List<Row> open(TenantId tenant) {
    return handle
        .select(
            "SELECT *, 0 AS alerts FROM incident WHERE tenant = ? AND ended_at = 0 ORDER BY id",
            tenant.value())
        .map((row, context) -> read(row))
        .list();
  }

  @Override
  public List<Row> newest(TenantId tenant, Selection selection, int rowsMax) {
    String state =
        switch (selection.state()) {
          case ANY -> "";
          case OPEN -> " AND ended_at = 0";
          case ENDED -> " AND ended_at <> 0";
        };
    return handle
        .select(
            ROW
                + "WHERE tenant = ? AND id < ? AND (? = '' OR receiver = ?) AND (? = '' OR"
                + " group_key = ?) AND (ended_at = 0 OR ended_at >= ?) AND started_at < ?"
                + state
                + " ORDER BY id DESC LIMIT ?",
            tenant.value(),
            selection.beforeId(),
            selection.receiver(),
            selection.receiver(),
            selection.groupKey(),
            selection.groupKey(),
            selection.fromNanos(),
            selection.toNanos(),
            rowsMax)
        .map((row, context) -> read(row))
        .list();
  }

  @Override
  public Optional<Row> find(TenantId tenant, long id) {
    return handle
        .select(ROW + "WHERE tenant = ? AND id = ?", tenant.value(), id)
        .map((row, context) -> read(row))
        .findFirst();
  }

  @Override
  public long begin(TenantId tenant, Begun begun) {
    handle.execute(
        BEGIN,
        tenant.value(),
        begun.groupKey(),
        begun.receiver(),
        PackedLabels.pack(begun.groupLabels()),
        begun.title(),
        begun.summary(),
        begun.severity(),
        begun.startedAtNanos(),
        begun.startedAtNanos());
    return handle.select("SELECT last_insert_rowid()").mapTo(Long.class).one();
  }

  @Override
  public void reopen(long id, long atNanos) {
    handle.execute(
        "UPDATE incident SET ended_at = 0, reopened = reopened + 1, updated_at = ? WHERE id = ?",
        atNanos,
        id);
  }

  @Override
  public void end(long id, long atNanos) {
    handle.execute(
        "UPDATE incident_alert SET ends_at = ? WHERE incident = ? AND ends_at = 0", atNanos, id);
    handle.execute(
        "UPDATE incident SET ended_at = ?, updated_at = ?, firing = 0 WHERE id = ?",
        atNanos,
        atNanos,
        id);
  }

  @Override
  public boolean fire(long id, long hash, ReceivedAlerts.Row alert) {
    return handle.execute(
            FIRE,
            id,
            hash,
            PackedLabels.pack(alert.labels()),
            PackedLabels.pack(alert.annotations()),
            alert.startsAtNanos(),
            alert.generatorUrl())
        > 0;
  }

  @Override
  public boolean resolve(long id, long hash, long atNanos) {
    return handle.execute(
            "UPDATE incident_alert SET ends_at = ? WHERE incident = ? AND hash = ? AND ends_at = 0",
            atNanos,
            id,
            hash)
        > 0;
  }

  @Override
  public int firing(long id) {
    return handle
        .select("SELECT firing FROM incident WHERE id = ?", id)
        .mapTo(Integer.class)
        .findFirst()
        .orElse(0);
  }

  @Override
  public long[] firingHashes(long id) {
    return handle
        .select("SELECT hash FROM incident_alert WHERE incident = ? AND ends_at = 0", id)
        .mapTo(Long.class)
        .stream()
        .mapToLong(Long::longValue)
        .sorted()
        .toArray();
  }

  @Override
  public List<Alert> alerts(long id, int rowsMax) {
    return handle
        .select(
            "SELECT * FROM incident_alert WHERE incident = ? ORDER BY ends_at <> 0, starts_at, hash"
                + " LIMIT ?",
            id,
            rowsMax)
        .map((row, context) ->
            new Alert(
                PackedLabels.unpack(row.getBytes("labels")),
                PackedLabels.unpack(row.getBytes("annotations")),
                row.getLong("starts_at"),
                row.getLong("ends_at"),
                row.getString("generator_url")))
        .list();
  }

  @Override
  public void update(long id, int firing, long atNanos) {
    handle.execute(
        "UPDATE incident SET firing = ?, updated_at = ? WHERE id = ?", firing, atNanos, id);
  }

  @Override
  public void add(long id, Event event) {
    handle.execute(
        ADD, id, event.atNanos(), event.kind(), event.author(), event.text(), event.notification());
    handle.execute("UPDATE incident SET events = events + 1 WHERE id = ?", id);
    boolean full =
        handle
            .select("SELECT events > ? FROM incident WHERE id = ?", EVENTS_MAX, id)
            .mapTo(Boolean.class)
            .findFirst()
            .orElse(false);
    if (full && handle.execute(DROP_OLDEST, id) > 0) {
      handle.execute("UPDATE incident SET events = events - 1 WHERE id = ?", id);
    }
  }

  @Override
  public List<Event> events(long id, long afterId, int rowsMax) {
    return handle
        .select(
            "SELECT * FROM incident_event WHERE incident = ? AND id > ? ORDER BY id LIMIT ?",
            id,
            afterId,
            rowsMax)
        .map((row, context) ->
            new Event(
                row.getLong("id"),
                row.getLong("at"),
                row.getString("kind"),
                row.getString("author"),
                row.getString("text"),
                row.getLong("notification")))
        .list();
  }

  @Override
  public void trim(TenantId tenant, int rowsMax, long endedBeforeNanos) {
    int gone = handle.execute(TRIM, tenant.value(), endedBeforeNanos, tenant.value(), rowsMax);
    if (gone > 0) {
      handle.execute("DELETE FROM incident_alert WHERE incident NOT IN (SELECT id FROM incident)");
      handle.execute("DELETE FROM incident_event WHERE incident NOT IN (SELECT id FROM incident)");
    }
  }

  private static Row read(ResultSet row) throws SQLException {
    return new Row(
        row.getLong("id"),
        row.getString("group_key"),
        row.getString("receiver"),
        PackedLabels.unpack(row.getBytes("group_labels")),
        row.getString("title"),
        row.getString("summary"),
        row.getString("severity"),
        row.getLong("started_at"),
        row.getLong("ended_at"),
        row.getLong("updated_at"),
        row.getInt("firing"),
        row.getInt("alerts"),
        row.getInt("reopened"));
  }
}
