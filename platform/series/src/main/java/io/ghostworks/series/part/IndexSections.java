package io.ghostworks.series.part;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.column.IntColumn;
import io.ghostworks.model.column.LongColumn;
import io.ghostworks.series.primitive.LongIntMap;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.part.PartWriter;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects tenants, names, pairs and postings of a part while it is written. */
final class IndexSections {
  private static final int BYTES_MAX = Integer.MAX_VALUE - 64;

  private final BytesOutput tenants = new BytesOutput(256, SeriesPartFormat.TENANTS_BYTES_MAX);
  private final BytesOutput names = new BytesOutput(256, BYTES_MAX);
  private final BytesOutput pairs = new BytesOutput(1024, BYTES_MAX);
  private final BytesOutput postings = new BytesOutput(4096, BYTES_MAX);
  private @Nullable TenantId tenant;
  private int tenantCount;
  private int firstSeries;

  void beginTenant(TenantId owner, int seriesBefore) {
    tenant = owner;
    firstSeries = seriesBefore;
  }

  /**
   * Indexes the label lists of the tenant that began last.
   *
   * @param labels the bytes of section "labels", of which {@code [from, to)} are the tenant's
   */
  void endTenant(byte[] labels, int from, int to, int seriesAfter) throws IOException {
    if (tenant == null) {
      return;
    }
    int namesBefore = names.position() / SeriesPartFormat.NAME_BYTES;
    writePairs(labels, from, to, seriesAfter - firstSeries);
    tenants.putString(tenant.value());
    tenants.putVarint(firstSeries);
    tenants.putVarint(seriesAfter - firstSeries);
    tenants.putVarint(namesBefore);
    tenants.putVarint(names.position() / SeriesPartFormat.NAME_BYTES - namesBefore);
    tenantCount++;
    tenant = null;
  }

  void write(PartWriter file) throws IOException {
    names.putInt(0);
    names.putInt(pairs.position() / SeriesPartFormat.PAIR_BYTES);
    file.section(SeriesPartFormat.NAMES, names);
    file.section(SeriesPartFormat.PAIRS, pairs);
    file.section(SeriesPartFormat.POSTINGS, postings);
    BytesOutput counted =
        new BytesOutput(tenants.position() + 8, SeriesPartFormat.TENANTS_BYTES_MAX + 8);
    counted.putVarint(tenantCount);
    counted.putBytes(tenants.array(), 0, tenants.position());
    file.section(SeriesPartFormat.TENANTS, counted);
  }

  private void writePairs(byte[] labels, int from, int to, int seriesCount) throws IOException {
    LongIntMap numbers = new LongIntMap();
    LongColumn keys = new LongColumn();
    IntColumn counts = new IntColumn();
    int occurrences = 0;
    BytesInput in = new BytesInput(labels, from, to - from);
    while (in.remaining() > 0) {
      for (int left = in.getVarint(Integer.MAX_VALUE); left > 0; left--) {
        long key = in.getVarint() << 32 | in.getVarint();
        int number = numbers.get(key);
        if (number < 0) {
          numbers.put(key, keys.size());
          keys.add(key);
          counts.add(1);
        } else {
          counts.set(number, counts.get(number) + 1);
        }
        occurrences++;
      }
    }
    int[] starts = new int[keys.size() + 1];
    for (int i = 0; i < keys.size(); i++) {
      starts[i + 1] = starts[i] + counts.get(i);
    }
    int[] series = new int[occurrences];
    int[] next = Arrays.copyOf(starts, keys.size());
    in.rewind();
    for (int i = 0; i < seriesCount; i++) {
      for (int left = in.getVarint(Integer.MAX_VALUE); left > 0; left--) {
        int number = numbers.get(in.getVarint() << 32 | in.getVarint());
        series[next[number]++] = i;
      }
    }
    writeSorted(numbers, keys, starts, series);
  }

  private void writeSorted(LongIntMap numbers, LongColumn keys, int[] starts, int[] series) {
    long[] sorted = Arrays.copyOf(keys.array(), keys.size());
    Arrays.sort(sorted);
    int name = -1;
    for (long key : sorted) {
      if ((int) (key >>> 32) != name) {
        name = (int) (key >>> 32);
        names.putInt(name);
        names.putInt(pairs.position() / SeriesPartFormat.PAIR_BYTES);
      }
      pairs.putInt((int) key);
      pairs.putInt(postings.position());
      int number = numbers.get(key);
      postings.putVarint(starts[number + 1] - starts[number]);
      int before = -1;
      for (int i = starts[number]; i < starts[number + 1]; i++) {
        postings.putVarint(series[i] - before - 1);
        before = series[i];
      }
    }
  }
}
