package io.ghostworks.instrumentation.jdbc;

import io.ghostworks.instrumentation.metrics.DatabaseMetrics;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * A data source, as a rule a pool, whose connections and statements are observed. Everything passes
 * through to the one it wraps, which stays its owner's to close. Thread-safe as far as that one is.
 */
public final class ObservedDataSource implements DataSource {
  private final DataSource target;
  private final DatabaseMetrics metrics;
  private final StatementObserver observer;

  /**
   * @param system the database's name after OpenTelemetry's conventions ({@code h2database}, {@code
   *     postgresql})
   * @param slow statements of at least this duration count as slow and are logged
   */
  public ObservedDataSource(
      DataSource target, Tracer tracer, DatabaseMetrics metrics, String system, Duration slow) {
    this.target = target;
    this.metrics = metrics;
    this.observer = new StatementObserver(tracer, metrics, system, slow);
  }

  /** The name of the database behind a JDBC URL after OpenTelemetry's conventions. */
  public static String systemOf(String jdbcUrl) {
    if (jdbcUrl.startsWith("jdbc:h2:")) {
      return "h2database";
    }
    if (jdbcUrl.startsWith("jdbc:postgresql:")) {
      return "postgresql";
    }
    return "other_sql";
  }

  /** The call for a connection that goes to the pool. */
  private interface Opening {
    Connection open() throws SQLException;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return observed(target::getConnection);
  }

  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    return observed(() -> target.getConnection(username, password));
  }

  private Connection observed(Opening opening) throws SQLException {
    metrics.waitStarted();
    long start = System.nanoTime();
    boolean obtained = false;
    try {
      Connection connection = opening.open();
      obtained = true;
      return ObservedConnection.around(connection, observer, metrics);
    } finally {
      metrics.waitEnded(Context.current(), (System.nanoTime() - start) / 1e9, obtained);
    }
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return target.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    target.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    target.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return target.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return target.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return type.isInstance(target) ? type.cast(target) : target.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return type.isInstance(target) || target.isWrapperFor(type);
  }
}
