package io.ghostworks.collector.generator;

import com.dynatrace.hash4j.hashing.Hashing;
import io.ghostworks.model.label.Labels;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The label sets of families that are counted together, found by the bytes of their values without
 * making labels of them. Not thread-safe.
 */
final class SeriesGroup {
  private static final byte[] OVERFLOW_KEY = {0};

  private final SeriesRegistry registry;
  private final List<SeriesFamily> families;
  private final int seriesAtFirst;
  private @Nullable SeriesEntry[] slots = new @Nullable SeriesEntry[64];
  private int size;
  private @Nullable SeriesEntry overflow;

  /**
   * @param seriesAtFirst how many series a new label set surely has
   */
  SeriesGroup(SeriesRegistry registry, List<SeriesFamily> families, int seriesAtFirst) {
    this.registry = registry;
    this.families = List.copyOf(families);
    this.seriesAtFirst = seriesAtFirst;
  }

  List<SeriesFamily> families() {
    return families;
  }

  /** Whether an entry was made here. */
  boolean has(SeriesEntry entry) {
    return entry.isOf(this);
  }

  int size() {
    return size;
  }

  /** The entry of a key, or null. */
  @Nullable SeriesEntry find(KeyBytes key) {
    return slots[slot(key.array(), key.size(), hash(key))];
  }

  private static int hash(KeyBytes key) {
    return (int) Hashing.xxh3_64().hashBytesToLong(key.array(), 0, key.size());
  }

  /** Adds a label set; where there is no room the entry of all that have none. */
  SeriesEntry add(KeyBytes key, Labels labels) {
    return add(key, labels, Sender.ALL);
  }

  /** The same, of a resource. */
  SeriesEntry add(KeyBytes key, Labels labels, Sender sender) {
    SeriesEntry entry =
        new SeriesEntry(this, key.copy(), hash(key), labels, sender, families.size());
    if (!registry.admit(this, entry, seriesAtFirst)) {
      return overflow();
    }
    put(entry);
    return entry;
  }

  private SeriesEntry overflow() {
    SeriesEntry entry = overflow;
    if (entry == null) {
      entry =
          new SeriesEntry(
              this,
              OVERFLOW_KEY,
              0,
              registry.withExternalLabels(registry.overflowLabels()),
              Sender.ALL,
              families.size());
      overflow = entry;
    }
    return entry;
  }

  GeneratedMetric newMetric(SeriesEntry entry, int family) {
    SeriesFamily of = families.get(family);
    return registry.added(entry, of.metric(registry.traceIdLabel()));
  }

  void forEach(Consumer<SeriesEntry> action) {
    for (SeriesEntry entry : slots) {
      if (entry != null) {
        action.accept(entry);
      }
    }
    if (overflow != null) {
      action.accept(overflow);
    }
  }

  /**
   * Removes what got nothing since a time, or whose resource did not; each is given to the action.
   */
  void removeOlder(long updatedBeforeMs, long seenBeforeMs, Consumer<SeriesEntry> removed) {
    @Nullable SeriesEntry[] before = slots;
    slots = new @Nullable SeriesEntry[before.length];
    size = 0;
    for (SeriesEntry entry : before) {
      if (entry != null
          && (entry.updatedMs < updatedBeforeMs || entry.sender.lastSeenMs < seenBeforeMs)) {
        removed.accept(entry);
      } else if (entry != null) {
        put(entry);
      }
    }
    if (overflow != null && overflow.updatedMs < updatedBeforeMs) {
      removed.accept(overflow);
      overflow = null;
    }
  }

  private void put(SeriesEntry entry) {
    if ((size + 1) * 2 > slots.length) {
      @Nullable SeriesEntry[] before = slots;
      slots = new @Nullable SeriesEntry[before.length * 2];
      size = 0;
      for (SeriesEntry old : before) {
        if (old != null) {
          put(old);
        }
      }
    }
    slots[slot(entry.key, entry.key.length, entry.hash)] = entry;
    size++;
  }

  private int slot(byte[] key, int length, int hash) {
    int mask = slots.length - 1;
    int slot = hash & mask;
    while (true) {
      SeriesEntry entry = slots[slot];
      if (entry == null
          || (entry.hash == hash
              && Arrays.equals(entry.key, 0, entry.key.length, key, 0, length))) {
        return slot;
      }
      slot = (slot + 1) & mask;
    }
  }
}
