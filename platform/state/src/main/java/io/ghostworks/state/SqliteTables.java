package io.ghostworks.state;

import org.jdbi.v3.core.Handle;

/** The concerns over one handle. */
final class SqliteTables implements State.Tables {
  private final RuleAlerts ruleAlerts;
  private final ReceivedAlerts receivedAlerts;
  private final NotificationLog notificationLog;
  private final Outbox outbox;
  private final ReaderPositions readerPositions;

  SqliteTables(Handle handle) {
    ruleAlerts = new SqliteRuleAlerts(handle);
    receivedAlerts = new SqliteReceivedAlerts(handle);
    notificationLog = new SqliteNotificationLog(handle);
    outbox = new SqliteOutbox(handle);
    readerPositions = new SqliteReaderPositions(handle);
  }

  @Override
  public RuleAlerts ruleAlerts() {
    return ruleAlerts;
  }

  @Override
  public ReceivedAlerts receivedAlerts() {
    return receivedAlerts;
  }

  @Override
  public NotificationLog notificationLog() {
    return notificationLog;
  }

  @Override
  public Outbox outbox() {
    return outbox;
  }

  @Override
  public ReaderPositions readerPositions() {
    return readerPositions;
  }
}
