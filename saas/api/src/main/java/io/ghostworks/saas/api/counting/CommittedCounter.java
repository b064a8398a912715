package io.ghostworks.saas.api.counting;

import io.ghostworks.instrumentation.metrics.BusinessCounter;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A business counter that counts what is committed: inside a transaction it waits for the commit,
 * and a rollback counts nothing. Thread-safe.
 */
public final class CommittedCounter {
  private final BusinessCounter counter;

  public CommittedCounter(BusinessCounter counter) {
    this.counter = counter;
  }

  /**
   * Shows 0 for label values before anything is counted, so that the first event is seen as an
   * increase.
   */
  public void startingAtZero(String... labelValues) {
    counter.add(0, labelValues);
  }

  /** Adds one, by label values in the order of the labels. */
  public void increment(String... labelValues) {
    add(1, labelValues);
  }

  /** Adds an amount of at least 0. */
  public void add(double amount, String... labelValues) {
    if (!TransactionSynchronizationManager.isSynchronizationActive()) {
      counter.add(amount, labelValues);
      return;
    }
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            counter.add(amount, labelValues);
          }
        });
  }
}
