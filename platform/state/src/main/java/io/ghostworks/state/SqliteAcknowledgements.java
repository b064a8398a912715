package io.ghostworks.state;

import io.ghostworks.model.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

final class SqliteAcknowledgements implements Acknowledgements {

  private static final String PUT =
      """
      INSERT OR REPLACE INTO acknowledgement
        (tenant, group_key, incident, author, comment, at, until, hashes)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private final Handle handle;

  SqliteAcknowledgements(Handle handle) {
    this.handle = handle;
  }

  @Override
  public Optional<Row> find(TenantId tenant, String groupKey) {
    return handle
        .select(
            "SELECT * FROM acknowledgement WHERE tenant = ? AND group_key = ?",
            tenant.value(),
            groupKey)
        .map((row, context) -> read(row))
        .findFirst();
  }

  @Override
  public List<Row> all(TenantId tenant) {
    return handle
        .select("SELECT * FROM acknowledgement WHERE tenant = ?", tenant.value())
        .map((row, context) -> read(row))
        .list();
  }

  @Override
  public void put(TenantId tenant, Row row) {
    handle.execute(
        PUT,
        tenant.value(),
        row.groupKey(),
        row.incident(),
        row.author(),
        row.comment(),
        row.atNanos(),
        row.untilNanos(),
        PackedHashes.pack(row.hashes()));
  }

  @Override
  public void remove(TenantId tenant, String groupKey) {
    handle.execute(
        "DELETE FROM acknowledgement WHERE tenant = ? AND group_key = ?", tenant.value(), groupKey);
  }

  private static Row read(ResultSet row) throws SQLException {
    return new Row(
        row.getString("group_key"),
        row.getLong("incident"),
        row.getString("author"),
        row.getString("comment"),
        row.getLong("at"),
        row.getLong("until"),
        PackedHashes.unpack(row.getBytes("hashes")));
  }
}
