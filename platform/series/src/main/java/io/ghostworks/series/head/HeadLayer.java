package io.ghostworks.series.head;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.query.QueryContext;
import io.ghostworks.series.chunk.SampleBuffer;
import io.ghostworks.series.select.LabelIndex;
import io.ghostworks.series.select.LayerCursor;
import io.ghostworks.series.select.MatcherPostings;
import io.ghostworks.series.select.SeriesLayer;
import io.ghostworks.storage.bytes.BytesOutput;
import java.util.ArrayList;
import java.util.Arrays;
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

  /** Labels of one series in a query: an object, its array, and texts that are shared. */
  private static final long LABELS_BYTES = 256;

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
  public LayerCursor select(TenantId tenant, List<LabelMatcher> matchers, QueryContext context) {
    LabelIndex labels = labels(tenant);
    if (labels == null) {
      return new Cursor(List.of());
    }
    RoaringBitmap selected = MatcherPostings.select(labels, matchers, context);
    context.reserve(LABELS_BYTES * selected.getLongCardinality());
    return new Cursor(entries(selected, context));
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

  private List<HeadSeries> entries(RoaringBitmap selected, @Nullable QueryContext context) {
    List<HeadSeries> entries = new ArrayList<>();
    IntIterator ids = selected.getIntIterator();
    while (ids.hasNext()) {
      if (context != null) {
        context.check();
      }
      readLock.lock();
      try {
        for (int i = 0; i < LOCKED_AT_ONCE && ids.hasNext(); i++) {
          int series = ids.next();
          if (store.has(series)) {
            entries.add(new HeadSeries(series, index.tenantOf(series), index.labels(series)));
          }
        }
      } finally {
        readLock.unlock();
      }
    }
    entries.sort(null);
    return entries;
  }

  private final class Cursor implements LayerCursor {
    private final List<HeadSeries> entries;
    private final BytesOutput scratch = new BytesOutput(512, CHAIN_BYTES_MAX);
    private final SampleBuffer probe = new SampleBuffer();
    private int at = -1;

    Cursor(List<HeadSeries> entries) {
      this.entries = entries;
    }

    @Override
    public boolean next() {
      return ++at < entries.size();
    }

    @Override
    public Labels labels() {
      return entries.get(at).labels();
    }

    @Override
    public void read(long startMs, long endMs, SampleBuffer target) {
      HeadLayer.this.read(entries.get(at).series(), startMs, endMs, scratch, target);
    }

    @Override
    public boolean hasSamples(long startMs, long endMs) {
      int series = entries.get(at).series();
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
      read(startMs, endMs, probe);
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
        int number = index.labelPairs().findName(tenant, name);
        int pair = number < 0 ? -1 : index.labelPairs().findPair(number, value);
        if (pair >= 0) {
          index.addSeries(pair, target);
        }
      } finally {
        readLock.unlock();
      }
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
