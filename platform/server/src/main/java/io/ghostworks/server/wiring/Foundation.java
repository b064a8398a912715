package io.ghostworks.server.wiring;

import io.ghostworks.model.label.Labels;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.runtime.time.SystemTimers;
import io.ghostworks.server.http.Readiness;
import io.ghostworks.server.prometheus.Notifications;
import io.ghostworks.server.prometheus.QueryLog;

/**
 * What every part of the process stands on.
 *
 * @param limits what tenants may store at the moment
 * @param startedNanos when the process began, since the epoch
 */
record Foundation(
    Installation installation,
    Clock clock,
    SystemTimers timers,
    MemoryLedger ledger,
    PlatformMetrics metrics,
    Readiness readiness,
    Notifications notifications,
    QueryLog queryLog,
    LiveLimits limits,
    long startedNanos) {

  static Foundation of(Installation installation, Clock clock, SystemTimers timers) {
    PlatformMetrics metrics = new PlatformMetrics();
    return new Foundation(
        installation,
        clock,
        timers,
        new MemoryLedger(budget -> show(budget, metrics)),
        metrics,
        new Readiness(),
        new Notifications(clock),
        new QueryLog(clock, metrics),
        new LiveLimits(
            installation.operator(), installation.settings(), installation.files().prometheus()),
        clock.epochNanos());
  }

  private static void show(MemoryBudget budget, PlatformMetrics metrics) {
    Labels labels = Labels.of("budget", budget.name());
    metrics.gauge(
        "ghostworks_memory_budget_used_bytes",
        "Bytes that are reserved of a budget of memory.",
        labels,
        budget::usedBytes);
    metrics.gauge(
        "ghostworks_memory_budget_limit_bytes",
        "Bytes of a budget of memory.",
        labels,
        budget::limitBytes);
  }
}
