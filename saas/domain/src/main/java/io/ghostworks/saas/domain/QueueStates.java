package io.ghostworks.saas.domain;

import io.ghostworks.instrumentation.metrics.JobMetrics.QueueState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Asks the database how the queue stands: per kind of job how many are due and not taken, and the
 * age of the oldest in seconds. The process that fills the queue shows it, so that it is seen when
 * no worker is there. Thread-safe.
 */
public final class QueueStates implements Supplier<Map<String, QueueState>> {
  private static final String DUE =
      "select task_name, count(*), min(execution_time) from scheduled_tasks"
          + " where picked = false and execution_time <= ? group by task_name";

  private final DataSource dataSource;
  private final Clock clock;

  public QueueStates(DataSource dataSource, Clock clock) {
    this.dataSource = dataSource;
    this.clock = clock;
  }

  @Override
  public Map<String, QueueState> get() {
    Instant now = clock.instant();
    Map<String, QueueState> states = new TreeMap<>();
    Job.names().forEach(job -> states.put(job, new QueueState(0, 0)));
    try (Connection connection = dataSource.getConnection();
        PreparedStatement query = connection.prepareStatement(DUE)) {
      query.setTimestamp(1, Timestamp.from(now));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          double ageSeconds = (now.toEpochMilli() - rows.getTimestamp(3).getTime()) / 1e3;
          states.put(rows.getString(1), new QueueState(rows.getLong(2), ageSeconds));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("asking for the state of the queue failed", e);
    }
    return states;
  }
}
