package io.ghostworks.state;

import io.ghostworks.model.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

final class SqliteStoredAnnotations implements StoredAnnotations {

  private static final String FIND =
      """
      SELECT * FROM annotation
      WHERE tenant = :tenant AND time_end >= :from AND time <= :to
        AND (:dashboard = '' OR dashboard_uid = :dashboard)
        AND (:panel = 0 OR panel_id = :panel)
        AND (:tags = 0 OR (
          SELECT count(DISTINCT given.value) FROM json_each(annotation.tags) AS given
          WHERE given.value IN (SELECT value FROM json_each(:wanted))) >= :tags)
      ORDER BY time_end DESC, time DESC, id DESC LIMIT :limit
      """;
  private static final String INSERT =
      """
      INSERT INTO annotation
        (tenant, dashboard_uid, panel_id, time, time_end, text, tags, data, login,
         created_at, updated_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String UPDATE =
      """
      UPDATE annotation SET time = ?, time_end = ?, text = ?, tags = ?, data = ?, updated_at = ?
      WHERE id = ?
      """;
  private static final String FORGET =
      """
      DELETE FROM annotation WHERE tenant = ? AND id <= (
        SELECT id FROM annotation WHERE tenant = ? ORDER BY id DESC LIMIT 1 OFFSET ?)
      """;
  private static final String TAGS =
      """
      SELECT given.value AS tag, count(*) AS uses
      FROM annotation, json_each(annotation.tags) AS given
      WHERE tenant = ? AND instr(lower(given.value), lower(?)) > 0
      GROUP BY given.value ORDER BY given.value LIMIT ?
      """;

  private final Handle handle;

  SqliteStoredAnnotations(Handle handle) {
    this.handle = handle;
  }

  @Override
  public List<Row> find(TenantId tenant, Selection selection) {
    return handle
        .createQuery(FIND)
        .bind("tenant", tenant.value())
        .bind("from", selection.fromMs())
        .bind("to", selection.toMs())
        .bind("dashboard", selection.dashboardUid())
        .bind("panel", selection.panelId())
        .bind("tags", selection.anyTag() ? Math.min(1, selection.tags()) : selection.tags())
        .bind("wanted", selection.tagsJson())
        .bind("limit", selection.limit())
        .map((row, context) -> row(row))
        .list();
  }

  @Override
  public Optional<Row> find(TenantId tenant, long id) {
    return handle
        .select("SELECT * FROM annotation WHERE tenant = ? AND id = ?", tenant.value(), id)
        .map((row, context) -> row(row))
        .findOne();
  }

  @Override
  public long insert(Row row, int annotationsMax) {
    handle.execute(
        INSERT,
        row.tenant().value(),
        row.dashboardUid(),
        row.panelId(),
        row.timeMs(),
        row.timeEndMs(),
        row.text(),
        row.tags(),
        row.data(),
        row.login(),
        row.createdMs(),
        row.updatedMs());
    long id = handle.select("SELECT last_insert_rowid()").mapTo(Long.class).one();
    handle.execute(FORGET, row.tenant().value(), row.tenant().value(), annotationsMax);
    return id;
  }

  @Override
  public void update(Row row) {
    handle.execute(
        UPDATE,
        row.timeMs(),
        row.timeEndMs(),
        row.text(),
        row.tags(),
        row.data(),
        row.updatedMs(),
        row.id());
  }

  @Override
  public boolean delete(TenantId tenant, long id) {
    return handle.execute("DELETE FROM annotation WHERE tenant = ? AND id = ?", tenant.value(), id)
        > 0;
  }

  @Override
  public int deleteOfPanel(TenantId tenant, String dashboardUid, long panelId) {
    return handle.execute(
        "DELETE FROM annotation WHERE tenant = ? AND dashboard_uid = ? AND panel_id = ?",
        tenant.value(),
        dashboardUid,
        panelId);
  }

  @Override
  public Map<String, Integer> tags(TenantId tenant, String part, int limit) {
    Map<String, Integer> tags = new LinkedHashMap<>();
    handle
        .select(TAGS, tenant.value(), part, limit)
        .map((row, context) -> Map.entry(row.getString(1), row.getInt(2)))
        .forEach(each -> tags.put(each.getKey(), each.getValue()));
    return tags;
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        row.getLong("id"),
        new TenantId(row.getString("tenant")),
        row.getString("dashboard_uid"),
        row.getLong("panel_id"),
        row.getLong("time"),
        row.getLong("time_end"),
        row.getString("text"),
        row.getString("tags"),
        row.getString("data"),
        row.getString("login"),
        row.getLong("created_at"),
        row.getLong("updated_at"));
  }
}
