package io.ghostworks.state;

import org.jdbi.v3.core.Handle;

/** The concerns over one handle. */
final class SqliteTables implements State.Tables {
  private final RuleAlerts ruleAlerts;
  private final ReceivedAlerts receivedAlerts;
  private final NotificationLog notificationLog;
  private final Outbox outbox;
  private final ReaderPositions readerPositions;
  private final StoredSilences silences;
  private final AlertmanagerConfigurations alertmanagerConfigurations;
  private final StoredIncidents incidents;
  private final Acknowledgements acknowledgements;
  private final RulePositions rulePositions;
  private final StoredRuleGroups storedRuleGroups;
  private final StoredDashboards dashboards;
  private final StoredFolders folders;
  private final StoredAnnotations annotations;

  SqliteTables(Handle handle) {
    ruleAlerts = new SqliteRuleAlerts(handle);
    receivedAlerts = new SqliteReceivedAlerts(handle);
    notificationLog = new SqliteNotificationLog(handle);
    outbox = new SqliteOutbox(handle);
    readerPositions = new SqliteReaderPositions(handle);
    silences = new SqliteStoredSilences(handle);
    alertmanagerConfigurations = new SqliteAlertmanagerConfigurations(handle);
    incidents = new SqliteIncidents(handle);
    acknowledgements = new SqliteAcknowledgements(handle);
    rulePositions = new SqliteRulePositions(handle);
    storedRuleGroups = new SqliteStoredRuleGroups(handle);
    dashboards = new SqliteStoredDashboards(handle);
    folders = new SqliteStoredFolders(handle);
    annotations = new SqliteStoredAnnotations(handle);
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

  @Override
  public StoredSilences silences() {
    return silences;
  }

  @Override
  public AlertmanagerConfigurations alertmanagerConfigurations() {
    return alertmanagerConfigurations;
  }

  @Override
  public StoredIncidents incidents() {
    return incidents;
  }

  @Override
  public Acknowledgements acknowledgements() {
    return acknowledgements;
  }

  @Override
  public RulePositions rulePositions() {
    return rulePositions;
  }

  @Override
  public StoredRuleGroups storedRuleGroups() {
    return storedRuleGroups;
  }

  @Override
  public StoredDashboards dashboards() {
    return dashboards;
  }

  @Override
  public StoredFolders folders() {
    return folders;
  }

  @Override
  public StoredAnnotations annotations() {
    return annotations;
  }
}
