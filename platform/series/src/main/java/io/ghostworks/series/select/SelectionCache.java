package io.ghostworks.series.select;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.query.QueryContext;
import io.ghostworks.runtime.memory.MemoryBudget;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Remembers which series matchers select of layers, since dashboards and rules ask the same again
 * and again. An answer holds as long as its layers: nothing is added to a part, and a head that has
 * got more series is asked for their number anew, as series that are there do not change. What was
 * used longest ago is forgotten when the budget is used up. Keeps no layer. Thread-safe.
 */
public final class SelectionCache implements AutoCloseable {
  private static final long KEY_BYTES = 512;

  private final MemoryBudget budget;
  private final LinkedHashMap<Key, Entry> entries = new LinkedHashMap<>(64, 0.75f, true);

  public SelectionCache(MemoryBudget budget) {
    this.budget = budget;
  }

  private record Key(TenantId tenant, String matchers, List<Object> generations) {}

  /**
   * @param sizes of the layers' generations when they were asked
   * @param counts of the series that were found in each
   */
  private record Entry(MergedSelection selection, int[] sizes, int[] counts, long bytes) {}

  /** The series of a tenant that fulfil all matchers. */
  public MergedSelection select(
      List<SeriesLayer> layers, List<LabelMatcher> matchers, QueryContext context) {
    Key key = key(context.tenant(), layers, matchers);
    Entry known = find(key);
    if (known != null && holds(known, layers, matchers, context)) {
      return known.selection;
    }
    int[] sizes = new int[layers.size()];
    int[] counts = new int[sizes.length];
    TextPool pool = new TextPool();
    List<SelectedSeries> selected = new ArrayList<>(sizes.length);
    long reserved = 0;
    try {
      for (int i = 0; i < sizes.length; i++) {
        context.check();
        SeriesLayer layer = layers.get(i);
        sizes[i] = layer.generationSize();
        RoaringBitmap numbers = layer.select(context.tenant(), matchers, context);
        counts[i] = numbers.getCardinality();
        long bytes = MergedSelection.SERIES_BYTES_MAX * counts[i];
        context.reserve(bytes);
        reserved += bytes;
        selected.add(layer.resolve(numbers, pool, context));
      }
      MergedSelection merged = MergedSelection.of(selected, pool);
      remember(key, new Entry(merged, sizes, counts, merged.bytes() + KEY_BYTES));
      return merged;
    } finally {
      context.release(reserved);
    }
  }

  private static Key key(TenantId tenant, List<SeriesLayer> layers, List<LabelMatcher> matchers) {
    List<Object> generations = new ArrayList<>(layers.size());
    for (SeriesLayer layer : layers) {
      generations.add(layer.generation());
    }
    return new Key(tenant, matchers.toString(), generations);
  }

  private synchronized @Nullable Entry find(Key key) {
    return entries.get(key);
  }

  /** Whether an answer is still whole; notes how far it was checked. */
  private static boolean holds(
      Entry entry, List<SeriesLayer> layers, List<LabelMatcher> matchers, QueryContext context) {
    for (int i = 0; i < entry.sizes.length; i++) {
      int size = layers.get(i).generationSize();
      if (size != entry.sizes[i]) {
        RoaringBitmap now = layers.get(i).select(context.tenant(), matchers, context);
        if (now.getCardinality() != entry.counts[i]) {
          return false;
        }
        entry.sizes[i] = size;
      }
    }
    return true;
  }

  private synchronized void remember(Key key, Entry entry) {
    forget(entries.remove(key));
    if (entry.bytes > budget.limitBytes() / 2) {
      return;
    }
    Iterator<Map.Entry<Key, Entry>> eldest = entries.entrySet().iterator();
    while (!budget.tryReserve(entry.bytes)) {
      if (!eldest.hasNext()) {
        return;
      }
      forget(eldest.next().getValue());
      eldest.remove();
    }
    entries.put(key, entry);
  }

  private void forget(@Nullable Entry entry) {
    if (entry != null) {
      budget.release(entry.bytes);
    }
  }

  /** Forgets everything. */
  @Override
  public synchronized void close() {
    entries.values().forEach(this::forget);
    entries.clear();
  }
}
