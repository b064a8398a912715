package io.ghostworks.server.loki;

import io.ghostworks.model.TenantId;
import io.ghostworks.query.record.RecordArrivals;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.runtime.time.Timers;
import io.ghostworks.server.http.Queries;
import io.ghostworks.server.http.RequestException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;

/** What all live tails share, and how many each tenant has. Thread-safe. */
final class TailSupport {

  private final RecordSource records;
  private final RecordArrivals arrivals;
  private final Queries queries;
  private final Timers timers;
  private final Executor workers;
  private final Map<TenantId, Integer> running = new HashMap<>();

  TailSupport(
      RecordSource records,
      RecordArrivals arrivals,
      Queries queries,
      Timers timers,
      Executor workers) {
    this.records = records;
    this.arrivals = arrivals;
    this.queries = queries;
    this.timers = timers;
    this.workers = workers;
  }

  /**
   * Counts one more tail of a tenant.
   *
   * @param max 0 for any number
   * @throws RequestException if it has as many as it may
   */
  synchronized void begins(TenantId tenant, int max) {
    int count = running.getOrDefault(tenant, 0);
    if (max != 0 && count >= max) {
      throw RequestException.bad(
          "max concurrent tail requests limit exceeded, count > limit (%d > %d)"
              .formatted(count + 1, max));
    }
    running.put(tenant, count + 1);
  }

  synchronized void ended(TenantId tenant) {
    running.computeIfPresent(tenant, (t, count) -> count == 1 ? null : count - 1);
  }

  RecordSource records() {
    return records;
  }

  RecordArrivals arrivals() {
    return arrivals;
  }

  Queries queries() {
    return queries;
  }

  Timers timers() {
    return timers;
  }

  Executor workers() {
    return workers;
  }

  Clock clock() {
    return queries.clock();
  }
}
