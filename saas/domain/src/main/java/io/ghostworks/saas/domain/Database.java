package io.ghostworks.saas.domain;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** The schema of the database, which every process makes sure of when it starts. */
public final class Database {
  private Database() {}

  /** Creates what is missing of the schema; what is there stays as it is. */
  public static void createSchema(DataSource dataSource) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements()) {
        statement.execute(sql);
      }
    }
  }

  private static List<String> statements() {
    try (InputStream in = Database.class.getResourceAsStream("schema.sql")) {
      if (in == null) {
        throw new IllegalStateException("schema.sql is missing beside " + Database.class.getName());
      }
      String text =
          new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)^--.*$", "");
      return Stream.of(text.split(";")).map(String::strip).filter(sql -> !sql.isEmpty()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("reading schema.sql failed", e);
    }
  }
}
