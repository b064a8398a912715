package io.ghostworks.state;

/**
 * Small durable state. There is one writer: transactions run one after another, each wholly or not
 * at all, and are on disk when {@link #transaction} returns. Thread-safe; a call blocks and may be
 * made from a virtual thread, as the work itself runs on a platform thread of the state's own.
 */
public interface State extends AutoCloseable {

  /**
   * Runs work as one transaction. What the work throws undoes the transaction and is thrown on.
   *
   * @throws StateException if the transaction cannot be stored
   */
  <T> T transaction(Work<T> work);

  /** As {@link #transaction}, for work without a result. */
  default void write(Action action) {
    transaction(tables -> {
      action.run(tables);
      return true;
    });
  }

  @Override
  void close();

  /**
   * What one transaction does; it must not keep the tables. It changes nothing else, as it is run a
   * second time where it could not be committed together with others.
   */
  @FunctionalInterface
  interface Work<T> {
    T run(Tables tables);
  }

  /** Work without a result. */
  @FunctionalInterface
  interface Action {
    void run(Tables tables);
  }

  /** The concerns, inside a transaction. */
  interface Tables {
    RuleAlerts ruleAlerts();

    ReceivedAlerts receivedAlerts();

    NotificationLog notificationLog();

    Outbox outbox();

    ReaderPositions readerPositions();

    StoredSilences silences();

    AlertmanagerConfigurations alertmanagerConfigurations();

    StoredIncidents incidents();

    Acknowledgements acknowledgements();

    RulePositions rulePositions();

    StoredRuleGroups storedRuleGroups();

    StoredDashboards dashboards();

    StoredFolders folders();

    StoredAnnotations annotations();
  }
}
