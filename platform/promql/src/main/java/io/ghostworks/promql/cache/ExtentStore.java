package io.ghostworks.promql.cache;

import io.ghostworks.model.TenantId;
import io.ghostworks.promql.eval.EngineOptions;
import io.ghostworks.query.series.SampleChanges.Watch;
import io.ghostworks.runtime.memory.MemoryBudget;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * One extent for each query, within a budget: what was used longest ago goes first. A tenant has at
 * most half of the budget, so that none can push all others out. Thread-safe.
 */
final class ExtentStore {
  private static final long KEY_BYTES = 512;

  private final MemoryBudget budget;
  private final LinkedHashMap<Key, Entry> entries = new LinkedHashMap<>(64, 0.75f, true);
  private final Map<TenantId, Long> bytesOfTenant = new HashMap<>();
  private final LongAdder evictions = new LongAdder();

  ExtentStore(MemoryBudget budget) {
    this.budget = budget;
  }

  /**
   * What makes two queries ask for the same, but for their times.
   *
   * @param phaseMs the first step after the epoch
   */
  record Key(TenantId tenant, String query, long stepMs, long phaseMs, EngineOptions options) {}

  /**
   * @param watch before the extent was evaluated
   */
  record Kept(Extent extent, Watch watch) {}

  private record Entry(Kept kept, long bytes) {}

  /** Whether anything can be kept. */
  boolean isOn() {
    return budget.limitBytes() > 0;
  }

  synchronized @Nullable Kept find(Key key) {
    Entry entry = entries.get(key);
    return entry == null ? null : entry.kept;
  }

  /** Keeps an extent in the place of the one before, if there is room for it. */
  synchronized void put(Key key, Extent extent, Watch watch) {
    remove(key);
    long bytes = extent.bytes() + KEY_BYTES + 2L * key.query.length();
    long ofTenantMax = budget.limitBytes() / 2;
    if (bytes > ofTenantMax / 2) {
      return;
    }
    if (ofTenant(key.tenant) + bytes > ofTenantMax) {
      evict(key.tenant, ofTenantMax - bytes);
    }
    Iterator<Map.Entry<Key, Entry>> eldest = entries.entrySet().iterator();
    while (!budget.tryReserve(bytes)) {
      if (!eldest.hasNext()) {
        return;
      }
      Map.Entry<Key, Entry> evicted = eldest.next();
      eldest.remove();
      release(evicted.getKey(), evicted.getValue());
      evictions.increment();
    }
    entries.put(key, new Entry(new Kept(extent, watch), bytes));
    bytesOfTenant.merge(key.tenant, bytes, Long::sum);
  }

  synchronized void remove(Key key) {
    Entry removed = entries.remove(key);
    if (removed != null) {
      release(key, removed);
    }
  }

  private long ofTenant(TenantId tenant) {
    return bytesOfTenant.getOrDefault(tenant, 0L);
  }

  private void evict(TenantId tenant, long leftBytes) {
    Iterator<Map.Entry<Key, Entry>> eldest = entries.entrySet().iterator();
    while (ofTenant(tenant) > leftBytes && eldest.hasNext()) {
      Map.Entry<Key, Entry> entry = eldest.next();
      if (entry.getKey().tenant.equals(tenant)) {
        eldest.remove();
        release(entry.getKey(), entry.getValue());
        evictions.increment();
      }
    }
  }

  private void release(Key key, Entry entry) {
    budget.release(entry.bytes);
    bytesOfTenant.merge(key.tenant, -entry.bytes, (a, b) -> a + b == 0 ? null : a + b);
  }

  synchronized int size() {
    return entries.size();
  }

  long bytes() {
    return budget.usedBytes();
  }

  long evictions() {
    return evictions.sum();
  }
}
