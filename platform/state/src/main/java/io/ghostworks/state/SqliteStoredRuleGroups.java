package io.ghostworks.state;

import io.ghostworks.model.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

final class SqliteStoredRuleGroups implements StoredRuleGroups {

  private static final String NOTE =
      """
      INSERT INTO rule_group_version
        (tenant, language, namespace, name, version, change, body, author, changed_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String PUT =
      """
      INSERT OR REPLACE INTO stored_rule_group (tenant, language, namespace, name, version, body)
      VALUES (?, ?, ?, ?, ?, ?)
      """;
  private static final String VERSIONS =
      """
      SELECT * FROM rule_group_version
      WHERE tenant = ? AND language = ? AND (? = '' OR namespace = ?) AND (? = '' OR name = ?)
      ORDER BY id DESC LIMIT ?
      """;
  private static final String NEWEST =
      """
      SELECT coalesce(max(version), 0) FROM (
        SELECT version FROM rule_group_version
        WHERE tenant = :tenant AND language = :language AND namespace = :namespace AND name = :name
        UNION ALL SELECT version FROM stored_rule_group
        WHERE tenant = :tenant AND language = :language AND namespace = :namespace AND name = :name)
      """;
  private static final String FORGET =
      """
      DELETE FROM rule_group_version
      WHERE tenant = ? AND language = ? AND namespace = ? AND name = ? AND version <= ?
      """;
  private static final String FORGET_OF_TENANT =
      """
      DELETE FROM rule_group_version WHERE tenant = ? AND id <= (
        SELECT id FROM rule_group_version WHERE tenant = ? ORDER BY id DESC LIMIT 1 OFFSET ?)
      """;

  private final Handle handle;

  SqliteStoredRuleGroups(Handle handle) {
    this.handle = handle;
  }

  @Override
  public List<Group> all() {
    return handle
        .select("SELECT * FROM stored_rule_group ORDER BY tenant, language, namespace, name")
        .map((row, context) -> group(row))
        .list();
  }

  @Override
  public List<Group> ofTenant(TenantId tenant, String language) {
    return handle
        .select(
            "SELECT * FROM stored_rule_group WHERE tenant = ? AND language = ?"
                + " ORDER BY namespace, name",
            tenant.value(),
            language)
        .map((row, context) -> group(row))
        .list();
  }

  @Override
  public int set(Group group, Change change) {
    int version = 1 + newest(group.tenant(), group.language(), group.namespace(), group.name());
    handle.execute(
        PUT,
        group.tenant().value(),
        group.language(),
        group.namespace(),
        group.name(),
        version,
        group.body());
    note(
        group.tenant(),
        group.language(),
        new Version(group.namespace(), group.name(), version, group.body(), change));
    return version;
  }

  @Override
  public boolean delete(
      TenantId tenant, String language, String namespace, String name, Change change) {
    int deleted =
        handle.execute(
            "DELETE FROM stored_rule_group"
                + " WHERE tenant = ? AND language = ? AND namespace = ? AND name = ?",
            tenant.value(),
            language,
            namespace,
            name);
    if (deleted > 0) {
      int version = 1 + newest(tenant, language, namespace, name);
      note(tenant, language, new Version(namespace, name, version, "", change));
    }
    return deleted > 0;
  }

  private void note(TenantId tenant, String language, Version version) {
    handle.execute(
        NOTE,
        tenant.value(),
        language,
        version.namespace(),
        version.name(),
        version.version(),
        version.change().kind(),
        version.body(),
        version.change().author(),
        version.change().atNanos());
  }

  /** The number of the newest version; 0 if there is none. */
  private int newest(TenantId tenant, String language, String namespace, String name) {
    return handle
        .createQuery(NEWEST)
        .bind("tenant", tenant.value())
        .bind("language", language)
        .bind("namespace", namespace)
        .bind("name", name)
        .mapTo(Integer.class)
        .one();
  }

  @Override
  public List<Version> versions(TenantId tenant, String language, Filter filter, int most) {
    return handle
        .select(
            VERSIONS,
            tenant.value(),
            language,
            filter.namespace(),
            filter.namespace(),
            filter.name(),
            filter.name(),
            most)
        .map((row, context) -> version(row))
        .list();
  }

  @Override
  public Optional<Version> findVersion(
      TenantId tenant, String language, String namespace, String name, int version) {
    return handle
        .select(
            "SELECT * FROM rule_group_version WHERE tenant = ? AND language = ?"
                + " AND namespace = ? AND name = ? AND version = ?",
            tenant.value(),
            language,
            namespace,
            name,
            version)
        .map((row, context) -> version(row))
        .findOne();
  }

  @Override
  public void forgetVersions(Group group, int mostOfGroup, int mostOfTenant) {
    String tenant = group.tenant().value();
    int newest = newest(group.tenant(), group.language(), group.namespace(), group.name());
    handle.execute(
        FORGET, tenant, group.language(), group.namespace(), group.name(), newest - mostOfGroup);
    handle.execute(FORGET_OF_TENANT, tenant, tenant, mostOfTenant);
  }

  private static Group group(ResultSet row) throws SQLException {
    return new Group(
        new TenantId(row.getString("tenant")),
        row.getString("language"),
        row.getString("namespace"),
        row.getString("name"),
        row.getString("body"),
        row.getInt("version"));
  }

  private static Version version(ResultSet row) throws SQLException {
    return new Version(
        row.getString("namespace"),
        row.getString("name"),
        row.getInt("version"),
        row.getString("body"),
        new Change(row.getString("change"), row.getString("author"), row.getLong("changed_at")));
  }
}
