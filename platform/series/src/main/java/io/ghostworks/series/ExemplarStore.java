package io.ghostworks.series;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.LabelSetTable;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.Exemplar;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The newest exemplars of each series, within a total. Where the total is reached, the tenant that
 * holds most loses those of the series that got none for longest. Thread-safe.
 */
final class ExemplarStore {
  private static final long EXEMPLAR_BYTES = 400;

  private final int perSeriesMax;
  private final int totalMax;
  private final MemoryBudget memory;
  private final Map<TenantId, OfTenant> byTenant = new LinkedHashMap<>();
  private int total;
  private long bytes;
  private long changes;

  ExemplarStore(int perSeriesMax, int totalMax, MemoryBudget memory) {
    this.perSeriesMax = perSeriesMax;
    this.totalMax = totalMax;
    this.memory = memory;
  }

  /** Gives the memory back. */
  synchronized void close() {
    byTenant.clear();
    memory.release(bytes);
    bytes = 0;
  }

  /** Counts changes, to see whether there were any. */
  synchronized long changes() {
    return changes;
  }

  synchronized boolean has(TenantId tenant, Labels series, Exemplar exemplar) {
    OfTenant ofTenant = byTenant.get(tenant);
    List<Exemplar> known = ofTenant == null ? null : ofTenant.bySeries.get(series);
    return known != null && holds(known, exemplar);
  }

  /** One without a time of its own is compared with the newest only, as it may come back later. */
  private static boolean holds(List<Exemplar> known, Exemplar exemplar) {
    return exemplar.timed()
        ? known.contains(exemplar)
        : !known.isEmpty() && exemplar.repeats(known.getLast());
  }

  synchronized void add(TenantId tenant, Labels series, Exemplar exemplar) {
    if (perSeriesMax == 0) {
      return;
    }
    OfTenant ofTenant = byTenant.computeIfAbsent(tenant, t -> new OfTenant());
    List<Exemplar> known = ofTenant.bySeries.remove(series);
    List<Exemplar> all = known == null ? new ArrayList<>(2) : known;
    ofTenant.bySeries.put(series, all);
    if (holds(all, exemplar)) {
      return;
    }
    int at = all.size();
    while (at > 0 && all.get(at - 1).timestampMs() > exemplar.timestampMs()) {
      at--;
    }
    all.add(at, exemplar);
    changes++;
    added(ofTenant, exemplar);
    if (all.size() > perSeriesMax) {
      removed(ofTenant, all.removeFirst());
    }
    while (total > totalMax) {
      removeEldestOfLargest();
    }
  }

  /** Forgets what is older. */
  synchronized void removeBefore(long timestampMs) {
    for (OfTenant ofTenant : byTenant.values()) {
      Iterator<List<Exemplar>> series = ofTenant.bySeries.values().iterator();
      while (series.hasNext()) {
        List<Exemplar> exemplars = series.next();
        while (!exemplars.isEmpty() && exemplars.getFirst().timestampMs() < timestampMs) {
          removed(ofTenant, exemplars.removeFirst());
          changes++;
        }
        if (exemplars.isEmpty()) {
          series.remove();
        }
      }
    }
  }

  /** Forgets those of the tenant's series that fulfil all matchers, in a range. */
  synchronized void remove(TenantId tenant, List<LabelMatcher> matchers, long startMs, long endMs) {
    OfTenant ofTenant = byTenant.get(tenant);
    if (ofTenant == null) {
      return;
    }
    Iterator<Map.Entry<Labels, List<Exemplar>>> all = ofTenant.bySeries.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<Labels, List<Exemplar>> series = all.next();
      if (!Selectors.matches(series.getKey(), matchers)) {
        continue;
      }
      for (Exemplar exemplar : List.copyOf(series.getValue())) {
        if (exemplar.timestampMs() >= startMs && exemplar.timestampMs() <= endMs) {
          series.getValue().remove(exemplar);
          removed(ofTenant, exemplar);
          changes++;
        }
      }
      if (series.getValue().isEmpty()) {
        all.remove();
      }
    }
  }

  /** Those of the tenant's series that fulfil one of the matcher lists, by series. */
  synchronized Map<Labels, List<Exemplar>> select(
      TenantId tenant, List<List<LabelMatcher>> selectors, long startMs, long endMs) {
    Map<Labels, List<Exemplar>> found = new TreeMap<>();
    OfTenant ofTenant = byTenant.get(tenant);
    if (ofTenant == null) {
      return found;
    }
    ofTenant.bySeries.forEach((series, exemplars) -> {
      List<Exemplar> wanted =
          exemplars.stream()
              .filter(
                  exemplar -> exemplar.timestampMs() >= startMs && exemplar.timestampMs() <= endMs)
              .toList();
      if (!wanted.isEmpty() && Selectors.matchesAny(series, selectors)) {
        found.put(series, wanted);
      }
    });
    return found;
  }

  /**
   * Writes all.
   *
   * <pre>
   * exemplars := tenants:varint (tenant:string count:varint series[count])[tenants]   // least recently added first
   * series    := length:varint packed exemplars:varint exemplar[exemplars]            // oldest first
   * exemplar  := as in {@link FrameCodec}
   * </pre>
   */
  synchronized void write(BytesOutput out) {
    out.putVarint(byTenant.size());
    byTenant.forEach((tenant, ofTenant) -> {
      out.putString(tenant.value());
      out.putVarint(ofTenant.bySeries.size());
      ofTenant.bySeries.forEach((series, exemplars) -> {
        byte[] packed = LabelSetTable.pack(series);
        out.putLengthAndBytes(packed, 0, packed.length);
        out.putVarint(exemplars.size());
        exemplars.forEach(exemplar -> FrameCodec.writeExemplar(exemplar, out));
      });
    });
  }

  /**
   * Reads what was written.
   *
   * @param version of the frames whose form the exemplars have
   */
  synchronized void read(BytesInput in, int version) throws DamagedDataException {
    for (int tenants = in.getVarint(in.remaining()); tenants > 0; tenants--) {
      TenantId tenant = FrameCodec.tenant(in.getString());
      for (int left = in.getVarint(in.remaining()); left > 0; left--) {
        Labels series = FrameCodec.labels(in.getLengthAndBytes());
        for (int exemplars = in.getVarint(in.remaining()); exemplars > 0; exemplars--) {
          add(tenant, series, FrameCodec.readExemplar(in, version));
        }
      }
    }
  }

  private void removeEldestOfLargest() {
    OfTenant largest = null;
    for (OfTenant ofTenant : byTenant.values()) {
      if (largest == null || ofTenant.count > largest.count) {
        largest = ofTenant;
      }
    }
    if (largest == null) {
      throw new IllegalStateException("%d exemplars belong to no tenant".formatted(total));
    }
    Iterator<List<Exemplar>> eldest = largest.bySeries.values().iterator();
    for (Exemplar exemplar : eldest.next()) {
      removed(largest, exemplar);
    }
    eldest.remove();
  }

  private void added(OfTenant ofTenant, Exemplar exemplar) {
    ofTenant.count++;
    total++;
    long size = bytes(exemplar);
    bytes += size;
    memory.reserveUnchecked(size);
  }

  private void removed(OfTenant ofTenant, Exemplar exemplar) {
    ofTenant.count--;
    total--;
    long size = bytes(exemplar);
    bytes -= size;
    memory.release(size);
  }

  /** An exemplar on the heap with its texts, and its share of the series' labels. */
  private static long bytes(Exemplar exemplar) {
    long texts = 0;
    for (int i = 0; i < exemplar.labels().size(); i++) {
      texts += exemplar.labels().name(i).length() + exemplar.labels().value(i).length();
    }
    return EXEMPLAR_BYTES + 2 * texts;
  }

  private static final class OfTenant {
    private final LinkedHashMap<Labels, List<Exemplar>> bySeries = new LinkedHashMap<>();
    private int count;
  }
}
