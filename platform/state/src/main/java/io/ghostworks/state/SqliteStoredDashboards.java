package io.ghostworks.state;

import io.ghostworks.model.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

final class SqliteStoredDashboards implements StoredDashboards {

  private static final String INSERT =
      """
      INSERT INTO dashboard
        (tenant, uid, version, title, tags, folder_uid, file_hash,
         created_at, created_by, updated_at, updated_by)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String UPDATE =
      """
      UPDATE dashboard SET version = ?, title = ?, tags = ?, folder_uid = ?, file_hash = ?,
        updated_at = ?, updated_by = ?
      WHERE id = ?
      """;
  private static final String NOTE =
      """
      INSERT INTO dashboard_version
        (dashboard, version, parent_version, restored_from, created_at, author, message,
         original, document)
      VALUES (:dashboard, :version, :parent, :restored, :at, :author, :message, :original, :document)
      """;
  private static final String VERSION_COLUMNS =
      "SELECT id, version, parent_version, restored_from, created_at, author, message"
          + " FROM dashboard_version ";
  private static final String BYTES =
      """
      UPDATE dashboard SET bytes = (
        SELECT sum(length(original) + coalesce(length(document), 0))
        FROM dashboard_version WHERE dashboard_version.dashboard = dashboard.id)
      WHERE id = ?
      """;
  private static final String FORGET =
      """
      DELETE FROM dashboard_version WHERE dashboard = ? AND version <= (
        SELECT version FROM dashboard_version WHERE dashboard = ?
        ORDER BY version DESC LIMIT 1 OFFSET ?)
      """;

  private final Handle handle;

  SqliteStoredDashboards(Handle handle) {
    this.handle = handle;
  }

  @Override
  public List<Row> ofTenant(TenantId tenant) {
    return handle
        .select("SELECT * FROM dashboard WHERE tenant = ? ORDER BY id", tenant.value())
        .map((row, context) -> row(row))
        .list();
  }

  @Override
  public Optional<Row> find(TenantId tenant, String uid) {
    return handle
        .select("SELECT * FROM dashboard WHERE tenant = ? AND uid = ?", tenant.value(), uid)
        .map((row, context) -> row(row))
        .findOne();
  }

  @Override
  public Optional<Row> findById(TenantId tenant, long id) {
    return handle
        .select("SELECT * FROM dashboard WHERE tenant = ? AND id = ?", tenant.value(), id)
        .map((row, context) -> row(row))
        .findOne();
  }

  @Override
  public int count(TenantId tenant) {
    return handle
        .select("SELECT count(*) FROM dashboard WHERE tenant = ?", tenant.value())
        .mapTo(Integer.class)
        .one();
  }

  @Override
  public long versionBytes(TenantId tenant) {
    return handle
        .select("SELECT coalesce(sum(bytes), 0) FROM dashboard WHERE tenant = ?", tenant.value())
        .mapTo(Long.class)
        .one();
  }

  @Override
  public long insert(Row row, Version version, Text text) {
    handle.execute(
        INSERT,
        row.tenant().value(),
        row.uid(),
        row.version(),
        row.title(),
        row.tags(),
        row.folderUid(),
        row.fileHash(),
        row.created().atMs(),
        row.created().author(),
        row.updated().atMs(),
        row.updated().author());
    long id = handle.select("SELECT last_insert_rowid()").mapTo(Long.class).one();
    note(id, version, text);
    return id;
  }

  @Override
  public void update(Row row, Version version, Text text) {
    handle.execute(
        UPDATE,
        row.version(),
        row.title(),
        row.tags(),
        row.folderUid(),
        row.fileHash(),
        row.updated().atMs(),
        row.updated().author(),
        row.id());
    note(row.id(), version, text);
  }

  private void note(long id, Version version, Text text) {
    handle
        .createUpdate(NOTE)
        .bind("dashboard", id)
        .bind("version", version.version())
        .bind("parent", version.parentVersion())
        .bind("restored", version.restoredFrom())
        .bind("at", version.change().atMs())
        .bind("author", version.change().author())
        .bind("message", version.message())
        .bind("original", text.original())
        .bind("document", text.document())
        .execute();
  }

  @Override
  public void move(long id, String folderUid) {
    handle.execute("UPDATE dashboard SET folder_uid = ? WHERE id = ?", folderUid, id);
  }

  @Override
  public void delete(Row row) {
    handle.execute("DELETE FROM dashboard WHERE id = ?", row.id());
    deleteStar(row.tenant(), row.uid());
  }

  @Override
  public List<Version> versions(long id, int offset, int limit) {
    return handle
        .select(
            VERSION_COLUMNS + "WHERE dashboard = ? ORDER BY version DESC LIMIT ? OFFSET ?",
            id,
            limit,
            offset)
        .map((row, context) -> version(row))
        .list();
  }

  @Override
  public Optional<Version> findVersion(long id, int version) {
    return handle
        .select(VERSION_COLUMNS + "WHERE dashboard = ? AND version = ?", id, version)
        .map((row, context) -> version(row))
        .findOne();
  }

  @Override
  public Optional<Text> findText(long id, int version) {
    return handle
        .select(
            "SELECT original, document FROM dashboard_version WHERE dashboard = ? AND version = ?",
            id,
            version)
        .map((row, context) -> new Text(row.getBytes(1), row.getBytes(2)))
        .findOne();
  }

  @Override
  public void forgetVersions(long id, int versionsMax) {
    handle.execute(FORGET, id, id, versionsMax);
    handle.execute(BYTES, id);
  }

  @Override
  public Set<String> stars(TenantId tenant) {
    return new HashSet<>(
        handle
            .select("SELECT uid FROM dashboard_star WHERE tenant = ?", tenant.value())
            .mapTo(String.class)
            .list());
  }

  @Override
  public void putStar(TenantId tenant, String uid) {
    handle.execute("INSERT OR REPLACE INTO dashboard_star VALUES (?, ?)", tenant.value(), uid);
  }

  @Override
  public void deleteStar(TenantId tenant, String uid) {
    handle.execute("DELETE FROM dashboard_star WHERE tenant = ? AND uid = ?", tenant.value(), uid);
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        row.getLong("id"),
        new TenantId(row.getString("tenant")),
        row.getString("uid"),
        row.getInt("version"),
        row.getString("title"),
        row.getString("tags"),
        row.getString("folder_uid"),
        row.getString("file_hash"),
        new Change(row.getLong("created_at"), row.getString("created_by")),
        new Change(row.getLong("updated_at"), row.getString("updated_by")));
  }

  private static Version version(ResultSet row) throws SQLException {
    return new Version(
        row.getLong("id"),
        row.getInt("version"),
        row.getInt("parent_version"),
        row.getInt("restored_from"),
        new Change(row.getLong("created_at"), row.getString("author")),
        row.getString("message"));
  }
}
