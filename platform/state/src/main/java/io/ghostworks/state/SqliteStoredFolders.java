package io.ghostworks.state;

import io.ghostworks.model.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;

final class SqliteStoredFolders implements StoredFolders {

  private static final String INSERT =
      """
      INSERT INTO dashboard_folder
        (tenant, uid, parent_uid, title, description, version,
         created_at, created_by, updated_at, updated_by)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String UPDATE =
      """
      UPDATE dashboard_folder SET parent_uid = ?, title = ?, description = ?, version = ?,
        updated_at = ?, updated_by = ?
      WHERE id = ?
      """;

  private final Handle handle;

  SqliteStoredFolders(Handle handle) {
    this.handle = handle;
  }

  @Override
  public List<Row> ofTenant(TenantId tenant) {
    return handle
        .select("SELECT * FROM dashboard_folder WHERE tenant = ? ORDER BY id", tenant.value())
        .map((row, context) -> row(row))
        .list();
  }

  @Override
  public long insert(Row row) {
    handle.execute(
        INSERT,
        row.tenant().value(),
        row.uid(),
        row.parentUid(),
        row.title(),
        row.description(),
        row.version(),
        row.created().atMs(),
        row.created().author(),
        row.updated().atMs(),
        row.updated().author());
    return handle.select("SELECT last_insert_rowid()").mapTo(Long.class).one();
  }

  @Override
  public void update(Row row) {
    handle.execute(
        UPDATE,
        row.parentUid(),
        row.title(),
        row.description(),
        row.version(),
        row.updated().atMs(),
        row.updated().author(),
        row.id());
  }

  @Override
  public void delete(long id) {
    handle.execute("DELETE FROM dashboard_folder WHERE id = ?", id);
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        row.getLong("id"),
        new TenantId(row.getString("tenant")),
        row.getString("uid"),
        row.getString("parent_uid"),
        row.getString("title"),
        row.getString("description"),
        row.getInt("version"),
        new StoredDashboards.Change(row.getLong("created_at"), row.getString("created_by")),
        new StoredDashboards.Change(row.getLong("updated_at"), row.getString("updated_by")));
  }
}
