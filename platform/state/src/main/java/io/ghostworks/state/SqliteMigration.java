package io.ghostworks.state;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Brings the schema up to this program's version, step by step, with Flyway. The version reached is
 * written to the file's {@code user_version}, so that a start with nothing to do does not load
 * Flyway, whose start takes longer than everything else here together.
 */
final class SqliteMigration {

  /** The number of the newest file in {@code migration/}. */
  static final int VERSION = 7;

  private SqliteMigration() {}

  /**
   * @throws StateException if the file is of a newer version than this program knows, or a step
   *     fails
   * @throws SQLException if the file cannot be read or written
   */
  static void run(Path file) throws SQLException {
    int version = version(file);
    if (version > VERSION) {
      throw new StateException(
          "the state file %s has version %d, and this program knows versions up to %d; start the newer program, or restore a backup made by this one"
              .formatted(file, version, VERSION),
          null);
    }
    if (version < VERSION) {
      migrate(file);
    }
  }

  private static void migrate(Path file) throws SQLException {
    try {
      Flyway.configure(SqliteMigration.class.getClassLoader())
          .dataSource("jdbc:sqlite:" + file, null, null)
          .locations("classpath:io/ghostworks/state/migration")
          .table("schema_history")
          .validateMigrationNaming(true)
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new StateException(
          "the state file %s cannot be brought to version %d: %s"
              .formatted(file, VERSION, e.getMessage()),
          e);
    }
    try (Connection connection = connect(file);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA user_version = " + VERSION);
    }
  }

  private static int version(Path file) throws SQLException {
    try (Connection connection = connect(file);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA user_version")) {
      row.next();
      return row.getInt(1);
    }
  }

  private static Connection connect(Path file) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file);
  }
}
