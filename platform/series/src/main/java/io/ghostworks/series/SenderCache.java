package io.ghostworks.series;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelSetTable;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.series.head.HeadIndex;
import java.lang.ref.WeakReference;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The series of senders that send over the same table of label sets again and again, as scrapes do:
 * they are looked up once. Bounded; the sender that came least recently is forgotten.
 */
final class SenderCache {
  private static final int SENDERS_MAX = 4_096;

  private final Map<Key, Known> entries =
      new LinkedHashMap<Key, Known>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Known> eldest) {
          return size() > SENDERS_MAX;
        }
      };

  /** The series of each set plus one, 0 where it is not known, or null. */
  int @Nullable [] find(TenantId tenant, SeriesBatch batch, HeadIndex index) {
    Known entry = entries.get(new Key(tenant, batch.sender()));
    return entry != null
            && entry.sets.refersTo(batch.sets())
            && entry.index.refersTo(index)
            && entry.seriesOfSet.length == batch.sets().size()
        ? entry.seriesOfSet
        : null;
  }

  void put(TenantId tenant, SeriesBatch batch, HeadIndex index, int[] seriesOfSet) {
    if (!batch.sender().isEmpty()) {
      entries.put(
          new Key(tenant, batch.sender()),
          new Known(new WeakReference<>(batch.sets()), new WeakReference<>(index), seriesOfSet));
    }
  }

  private record Key(TenantId tenant, String sender) {}

  private record Known(
      WeakReference<LabelSetTable> sets, WeakReference<HeadIndex> index, int[] seriesOfSet) {}
}
