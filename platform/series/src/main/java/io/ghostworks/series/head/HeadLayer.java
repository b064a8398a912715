package io.ghostworks.series.head;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.query.QueryContext;
import io.ghostworks.series.chunk.SampleBuffer;
import io.ghostworks.series.select.LabelIndex;
import io.ghostworks.series.select.LayerReader;
import io.ghostworks.series.select.MatcherPostings;
import io.ghostworks.series.select.SelectedSeries;
import io.ghostworks.series.select.SeriesLayer;
import io.ghostworks.series.select.TextPool;
import io.ghostworks.storage.bytes.BytesOutput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.IntIterator;
import org.roaringbitmap.RoaringBitmap;

/**
 * The samples of a {@link SampleStore} as a query sees them. Takes the head's read lock for moments
 * only: for a few hundred labels or values, or for the copy of one chain.
 */
public final class HeadLayer implements SeriesLayer {
  private static final int LOCKED_AT_ONCE = 512;
  private static final int CHAIN_BYTES_MAX = Integer.MAX_VALUE - 64;
  private static final Comparator<Numbered> BY_LABELS = Comparator.comparing(Numbered::labels);

  private final SampleStore store;
  private final HeadIndex index;
  private final Lock readLock;
  private final long throughSequence;

  /** A layer of a store that takes rows. */
  public HeadLayer(SampleStore store, Lock readLock) {
    this(store, readLock, Long.MAX_VALUE);
  }

  /** A layer of a store that takes no rows of frames behind one. */
  public HeadLayer(SampleStore store, Lock readLock, long throughSequence) {
    this.store = store;
    this.index = store.index();
    this.readLock = readLock;
    this.throughSequence = throughSequence;
  }

  public SampleStore store() {
    return store;
  }

  @Override
  public long minTimestampMs() {
    readLock.lock();
    try {
      return store.minTimestampMs();
    } finally {
      readLock.unlock();
    }
  }

  @Override
  public long maxTimestampMs() {
    readLock.lock();
    try {
      return store.maxTimestampMs();
    } finally {
      readLock.unlock();
    }
  }

  @Override
  public long throughSequence() {
    return throughSequence;
  }

  @Override
  public Object generation() {
    return index.generation();
  }

  @Override
  public int generationSize() {
    readLock.lock();
    try {
      return index.size();
    } finally {
      readLock.unlock();
    }
  }

  @Override
  public RoaringBitmap select(TenantId tenant, List<LabelMatcher> matchers, QueryContext context) {
    LabelIndex labels = labels(tenant);
    return labels == null ? new RoaringBitmap() : MatcherPostings.select(labels, matchers, context);
  }

  @Override
  public SelectedSeries resolve(RoaringBitmap numbers, TextPool pool, QueryContext context) {
    HeadLabels labels = new HeadLabels(index, pool);
    int count = numbers.getCardinality();
    Numbered[] found = new Numbered[count];
    IntIterator rest = numbers.getIntIterator();
    for (int at = 0; at < count; ) {
      context.check();
      readLock.lock();
      try {
        for (int i = 0; i < LOCKED_AT_ONCE && at < count; i++) {
          int series = rest.next();
          found[at++] = new Numbered(series, labels.of(series));
        }
      } finally {
        readLock.unlock();
      }
    }
    Arrays.sort(found, BY_LABELS);
    int[] sortedNumbers = new int[count];
    Labels[] sortedLabels = new Labels[count];
    for (int i = 0; i < count; i++) {
      sortedNumbers[i] = found[i].series();
      sortedLabels[i] = found[i].labels();
    }
    return new SelectedSeries(sortedNumbers, sortedLabels);
  }

  @Override
  public LayerReader reader() {
    return new Samples();
  }

  @Override
  public @Nullable LabelIndex labels(TenantId tenant) {
    readLock.lock();
    try {
      int number = index.findTenant(tenant);
      return number < 0 ? null : new TenantLabels(number);
    } finally {
      readLock.unlock();
    }
  }

  /**
   * All series of the generation, with samples here or not, in the order of tenant and labels. For
   * a flush; takes the lock for moments.
   *
   * @param before what this gave earlier for the same generation, or an empty array
   */
  @SuppressWarnings("LockNotBeforeTry") // it is let go for a moment, and taken again, in between
  public int[] sorted(int[] before) {
    readLock.lock();
    try {
      return index.sorted(
          before,
          () -> {
            readLock.unlock();
            readLock.lock();
          });
    } finally {
      readLock.unlock();
    }
  }

  /**
   * Which labels of a tenant have the most series, values and bytes.
   *
   * @param limit entries of each list
   */
  public LabelStatistics statistics(TenantId tenant, int limit) {
    return new LabelCensus(index, readLock, limit).of(tenant);
  }

  /** How many series of a tenant have samples here. */
  public long seriesWithSamples(TenantId tenant) {
    LabelIndex labels = labels(tenant);
    if (labels == null) {
      return 0;
    }
    long count = 0;
    IntIterator ids = labels.all().getIntIterator();
    while (ids.hasNext()) {
      readLock.lock();
      try {
        for (int i = 0; i < LOCKED_AT_ONCE && ids.hasNext(); i++) {
          count += store.has(ids.next()) ? 1 : 0;
        }
      } finally {
        readLock.unlock();
      }
    }
    return count;
  }

  /** A series with its labels. */
  public HeadSeries series(int series) {
    readLock.lock();
    try {
      return new HeadSeries(series, index.tenantOf(series), index.labels(series));
    } finally {
      readLock.unlock();
    }
  }

  /** Adds the samples of a series in a range. */
  public void read(int series, long startMs, long endMs, BytesOutput scratch, SampleBuffer target) {
    int length;
    readLock.lock();
    try {
      length = store.copyChain(series, scratch);
      store.readLate(series, startMs, endMs, target);
    } finally {
      readLock.unlock();
    }
    SampleStore.decode(scratch.array(), length, startMs, endMs, target);
  }

  private record Numbered(int series, Labels labels) {}

  private final class Samples implements LayerReader {
    private final BytesOutput scratch = new BytesOutput(512, CHAIN_BYTES_MAX);
    private final SampleBuffer probe = new SampleBuffer();

    @Override
    public void read(int series, long startMs, long endMs, SampleBuffer target) {
      HeadLayer.this.read(series, startMs, endMs, scratch, target);
    }

    @Override
    public boolean hasSamples(int series, long startMs, long endMs) {
      long oldest;
      long newest;
      readLock.lock();
      try {
        oldest = store.minTimestampMs(series);
        newest = store.maxTimestampMs(series);
      } finally {
        readLock.unlock();
      }
      if (oldest > endMs || newest < startMs) {
        return false;
      }
      if ((oldest >= startMs && oldest != Long.MIN_VALUE) || newest <= endMs) {
        return true;
      }
      probe.clear();
      read(series, startMs, endMs, probe);
      return probe.size() > 0;
    }
  }

  private final class TenantLabels implements LabelIndex {
    private final int tenant;

    TenantLabels(int tenant) {
      this.tenant = tenant;
    }

    @Override
    public RoaringBitmap all() {
      readLock.lock();
      try {
        return index.seriesOf(tenant).clone();
      } finally {
        readLock.unlock();
      }
    }

    @Override
    public void addSeries(String name, String value, RoaringBitmap target) {
      readLock.lock();
      try {
        int pair = findPair(name, value);
        if (pair >= 0) {
          index.addSeries(pair, target);
        }
      } finally {
        readLock.unlock();
      }
    }

    @Override
    public long count(String name, String value) {
      readLock.lock();
      try {
        int pair = findPair(name, value);
        return pair < 0 ? 0 : index.count(pair);
      } finally {
        readLock.unlock();
      }
    }

    @Override
    public void retainSeries(String name, String value, RoaringBitmap target) {
      readLock.lock();
      try {
        int pair = findPair(name, value);
        if (pair < 0) {
          target.clear();
        } else {
          index.retainSeries(pair, target);
        }
      } finally {
        readLock.unlock();
      }
    }

    private int findPair(String name, String value) {
      int number = index.labelPairs().findName(tenant, name);
      return number < 0 ? -1 : index.labelPairs().findPair(number, value);
    }

    @Override
    public Values values(String name) {
      readLock.lock();
      try {
        int number = index.labelPairs().findName(tenant, name);
        return new PairValues(number < 0 ? -1 : index.labelPairs().firstPair(number));
      } finally {
        readLock.unlock();
      }
    }

    @Override
    public List<String> names() {
      List<String> names = new ArrayList<>();
      readLock.lock();
      try {
        LabelPairs pairs = index.labelPairs();
        for (int name = pairs.firstName(tenant); name >= 0; name = pairs.nextName(name)) {
          names.add(pairs.name(name));
        }
      } finally {
        readLock.unlock();
      }
      return names;
    }
  }

  private final class PairValues implements LabelIndex.Values {
    private final String[] values = new String[LOCKED_AT_ONCE];
    private final int[] pairs = new int[LOCKED_AT_ONCE];
    private int next;
    private int count;
    private int at = -1;

    PairValues(int first) {
      next = first;
    }

    @Override
    public boolean next() {
      if (++at < count) {
        return true;
      }
      at = 0;
      count = 0;
      Arrays.fill(values, "");
      readLock.lock();
      try {
        while (next >= 0 && count < LOCKED_AT_ONCE) {
          pairs[count] = next;
          values[count++] = index.value(next);
          next = index.labelPairs().nextPair(next);
        }
      } finally {
        readLock.unlock();
      }
      return count > 0;
    }

    @Override
    public String value() {
      return values[at];
    }

    @Override
    public void addSeries(RoaringBitmap target) {
      readLock.lock();
      try {
        index.addSeries(pairs[at], target);
      } finally {
        readLock.unlock();
      }
    }
  }
}
