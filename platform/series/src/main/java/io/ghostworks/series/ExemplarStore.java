package io.ghostworks.series;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.LabelSetTable;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.Exemplar;
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
  private final int perSeriesMax;
  private final int totalMax;
  private final Map<TenantId, OfTenant> byTenant = new LinkedHashMap<>();
  private int total;
  private long changes;

  ExemplarStore(int perSeriesMax, int totalMax) {
    this.perSeriesMax = perSeriesMax;
    this.totalMax = totalMax;
  }

  /** Counts changes, to see whether there were any. */
  synchronized long changes() {
    return changes;
  }

  synchronized boolean has(TenantId tenant, Labels series, Exemplar exemplar) {
    OfTenant ofTenant = byTenant.get(tenant);
    List<Exemplar> known = ofTenant == null ? null : ofTenant.bySeries.get(series);
    return known != null && known.contains(exemplar);
  }

  synchronized void add(TenantId tenant, Labels series, Exemplar exemplar) {
    if (perSeriesMax == 0) {
      return;
    }
    OfTenant ofTenant = byTenant.computeIfAbsent(tenant, t -> new OfTenant());
    List<Exemplar> known = ofTenant.bySeries.remove(series);
    List<Exemplar> all = known == null ? new ArrayList<>(2) : known;
    ofTenant.bySeries.put(series, all);
    if (all.contains(exemplar)) {
      return;
    }
    int at = all.size();
    while (at > 0 && all.get(at - 1).timestampMs() > exemplar.timestampMs()) {
      at--;
    }
    all.add(at, exemplar);
    changes++;
    count(ofTenant, 1);
    if (all.size() > perSeriesMax) {
      all.removeFirst();
      count(ofTenant, -1);
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
        int before = exemplars.size();
        exemplars.removeIf(exemplar -> exemplar.timestampMs() < timestampMs);
        count(ofTenant, exemplars.size() - before);
        changes += before - exemplars.size();
        if (exemplars.isEmpty()) {
          series.remove();
        }
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

  synchronized void read(BytesInput in) throws DamagedDataException {
    for (int tenants = in.getVarint(in.remaining()); tenants > 0; tenants--) {
      TenantId tenant = FrameCodec.tenant(in.getString());
      for (int left = in.getVarint(in.remaining()); left > 0; left--) {
        Labels series = FrameCodec.labels(in.getLengthAndBytes());
        for (int exemplars = in.getVarint(in.remaining()); exemplars > 0; exemplars--) {
          add(tenant, series, FrameCodec.readExemplar(in));
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
    count(largest, -eldest.next().size());
    eldest.remove();
  }

  private void count(OfTenant ofTenant, int difference) {
    ofTenant.count += difference;
    total += difference;
  }

  private static final class OfTenant {
    private final LinkedHashMap<Labels, List<Exemplar>> bySeries = new LinkedHashMap<>();
    private int count;
  }
}
