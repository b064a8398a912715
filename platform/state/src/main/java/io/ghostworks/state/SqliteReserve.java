package io.ghostworks.state;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Grows the database and its journal beforehand. Pages of a dropped table stay in the file as free
 * pages, and a PERSIST journal keeps the length of its largest transaction; both are used again
 * before the files grow.
 */
final class SqliteReserve {

  /** Kept free in the database. */
  private static final int DATABASE_BYTES = 4 << 20;

  /** The journal's length afterwards, about. */
  private static final int JOURNAL_BYTES = 1 << 20;

  private SqliteReserve() {}

  /** Grows what is smaller than it should be; a full disk is no reason not to start. */
  static void grow(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (number(statement, "PRAGMA page_count") * number(statement, "PRAGMA page_size")
          >= DATABASE_BYTES) {
        return;
      }
      try {
        statement.execute("CREATE TABLE reserve (bytes BLOB)");
        statement.execute(
            "INSERT INTO reserve VALUES (zeroblob(%d)), (zeroblob(%d))"
                .formatted(DATABASE_BYTES - JOURNAL_BYTES, JOURNAL_BYTES));
        statement.execute(
            "UPDATE reserve SET bytes = randomblob(%d) WHERE rowid = 2".formatted(JOURNAL_BYTES));
      } finally {
        statement.execute("DROP TABLE IF EXISTS reserve");
      }
    }
  }

  private static long number(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
