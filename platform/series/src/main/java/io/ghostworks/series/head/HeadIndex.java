package io.ghostworks.series.head;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.label.LabelSetTable;
import io.ghostworks.model.label.Labels;
import io.ghostworks.series.primitive.BytePages;
import io.ghostworks.series.primitive.IntPages;
import io.ghostworks.series.primitive.IntSort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.roaringbitmap.RoaringBitmap;

/**
 * The label sets of one head generation. Label pairs of a tenant and series are numbered from 0; a
 * series is a list of pair numbers, found again by the hash of its packed labels. Numbers are never
 * reused within a generation; a generation that holds many ended series is replaced by a new one.
 *
 * <pre>
 * list := pairs:varint pair:varint[pairs]      // in the order of the pairs' names
 * </pre>
 *
 * <p>Only admission adds, under the engine's admission lock and the head's write lock; it may also
 * look up without further locks. Everybody else reads under the head's read lock.
 */
public final class HeadIndex {
  private static final int NONE = -1;
  private static final long TENANT_BYTES = 512;

  private final long firstJournalId;
  private final long firstJournalPair;
  private final Object generation = new Object();
  private final Map<TenantId, Integer> tenantNumbers = new HashMap<>();
  private final List<TenantId> tenants = new ArrayList<>();
  private final List<RoaringBitmap> seriesOfTenant = new ArrayList<>();
  private final LabelPairs pairs = new LabelPairs();
  private final PairPostings postings = new PairPostings();
  private final BytePages lists = new BytePages();
  private final IntPages listOfSeries = new IntPages();
  private final IntPages hashes = new IntPages();
  private final IntPages tenantOfSeries = new IntPages();
  private byte[] list = new byte[256];
  private int[] slots = new int[64];
  private int tenantsWithSeries;

  /**
   * @param firstJournalId what is added to a series' number to get its name in the journal, so that
   *     names differ between the generations of one process
   * @param firstJournalPair the same for label pairs
   */
  public HeadIndex(long firstJournalId, long firstJournalPair) {
    this.firstJournalId = firstJournalId;
    this.firstJournalPair = firstJournalPair;
  }

  /** Stands for this generation where nothing of it is to be kept. */
  Object generation() {
    return generation;
  }

  public long firstJournalId() {
    return firstJournalId;
  }

  public long firstJournalPair() {
    return firstJournalPair;
  }

  /** The number of label pairs. */
  public int pairs() {
    return pairs.size();
  }

  /** The number of series. */
  public int size() {
    return listOfSeries.size();
  }

  /** How many series a tenant has. */
  public int seriesOfTenant(int tenant) {
    return seriesOfTenant.get(tenant).getCardinality();
  }

  /** How many tenants have series. */
  public int tenantsWithSeries() {
    return tenantsWithSeries;
  }

  /** The number of a tenant, or -1. */
  public int findTenant(TenantId tenant) {
    return tenantNumbers.getOrDefault(tenant, NONE);
  }

  /** The number of a tenant, new where needed. */
  public int tenant(TenantId tenant) {
    Integer number = tenantNumbers.get(tenant);
    if (number != null) {
      return number;
    }
    tenantNumbers.put(tenant, tenants.size());
    tenants.add(tenant);
    seriesOfTenant.add(new RoaringBitmap());
    pairs.addTenant();
    return tenants.size() - 1;
  }

  public TenantId tenantOf(int series) {
    return tenants.get(tenantOfSeries.get(series));
  }

  public int tenantNumberOf(int series) {
    return tenantOfSeries.get(series);
  }

  /** The tenant with a number. */
  public TenantId tenantWith(int number) {
    return tenants.get(number);
  }

  /** How many tenants are known. */
  public int tenants() {
    return tenants.size();
  }

  /**
   * The series with these packed labels, or -1.
   *
   * @param hash as {@link LabelSetTable#hash} gives it
   */
  public int find(int tenant, long hash, byte[] packed, int offset, int length) {
    return find(tenant, fold(hash), packed, offset, length);
  }

  /**
   * The series of a tenant with a name in the journal, or -1 if this generation has none.
   *
   * @param journalId {@link #firstJournalId} and a number; negative if there is none
   */
  public int find(int tenant, long journalId) {
    long series = journalId - firstJournalId;
    return journalId >= 0
            && series >= 0
            && series < size()
            && tenantOfSeries.get((int) series) == tenant
        ? (int) series
        : NONE;
  }

  /** The series of another generation's series, or -1. */
  public int find(HeadIndex other, int series) {
    int tenant = findTenant(other.tenantOf(series));
    if (tenant < 0) {
      return NONE;
    }
    ByteArena packed = new ByteArena(256);
    other.appendPacked(series, packed);
    return find(tenant, other.hashes.get(series), packed.array(), 0, packed.size());
  }

  /** Adds a series that is not there yet, with valid packed labels. */
  public int add(int tenant, long hash, byte[] packed, int offset, int length) {
    return add(tenant, fold(hash), packed, offset, length);
  }

  /** Adds a series of another generation that is not there yet. */
  public int add(HeadIndex other, int series, ByteArena scratch) {
    scratch.truncate(0);
    other.appendPacked(series, scratch);
    return add(
        tenant(other.tenantOf(series)),
        other.hashes.get(series),
        scratch.array(),
        0,
        scratch.size());
  }

  /** The labels of a series. */
  public Labels labels(int series) {
    PairCursor at = new PairCursor(series);
    String[] texts = new String[2 * at.size()];
    for (int i = 0; at.next(); i += 2) {
      texts[i] = pairs.name(pairs.nameOf(at.pair()));
      texts[i + 1] = value(at.pair());
    }
    return Labels.ofSorted(texts);
  }

  /** The metric name of a series, or "" without one. */
  public String metric(int series) {
    PairCursor at = new PairCursor(series);
    while (at.next()) {
      if (pairs.name(pairs.nameOf(at.pair())).equals(Labels.METRIC_NAME)) {
        return value(at.pair());
      }
    }
    return "";
  }

  /** How many series of a tenant have a metric name, ended ones included. */
  public int seriesOfMetric(int tenant, String metric) {
    int name = pairs.findName(tenant, Labels.METRIC_NAME);
    int pair = name < 0 ? NONE : pairs.findPair(name, metric);
    return pair < 0 ? 0 : postings.count(pair);
  }

  /** Appends the packed labels of a series, as {@link LabelSetTable} packs them. */
  public void appendPacked(int series, ByteArena out) {
    PairCursor at = new PairCursor(series);
    while (at.next()) {
      pairs.append(at.pair(), out);
    }
  }

  /** Appends one label pair in the same form. */
  public void appendPair(int pair, ByteArena out) {
    pairs.append(pair, out);
  }

  /** The pairs of a series, in the order of their names. */
  public PairCursor pairs(int series) {
    return new PairCursor(series);
  }

  /** Compares series by their tenants' ids, then by their labels, as {@link Labels} does. */
  public int compare(int left, int right) {
    if (tenantOfSeries.get(left) != tenantOfSeries.get(right)) {
      return tenantOf(left).compareTo(tenantOf(right));
    }
    PairCursor leftAt = new PairCursor(left);
    PairCursor rightAt = new PairCursor(right);
    while (leftAt.next()) {
      if (!rightAt.next()) {
        return 1;
      }
      int order =
          leftAt.pair() == rightAt.pair() ? 0 : pairs.compare(leftAt.pair(), rightAt.pair());
      if (order != 0) {
        return order;
      }
    }
    return rightAt.next() ? -1 : 0;
  }

  /**
   * All series in the order of {@link #compare}.
   *
   * @param before the order of the series that were there earlier, from this method
   * @param pause as {@link IntSort} calls it
   */
  public int[] sorted(int[] before, Runnable pause) {
    int[] added = new int[size() - before.length];
    for (int i = 0; i < added.length; i++) {
      added[i] = before.length + i;
    }
    if (added.length == 0) {
      return before;
    }
    IntSort sort = new IntSort(this::compare, pause);
    sort.sort(added);
    return before.length == 0 ? added : sort.merged(before, added);
  }

  /** Memory held, estimated from the sizes of the arrays. */
  public long bytes() {
    return pairs.bytes()
        + postings.bytes()
        + lists.bytes()
        + listOfSeries.bytes()
        + hashes.bytes()
        + tenantOfSeries.bytes()
        + 4L * slots.length
        + TENANT_BYTES * tenants.size()
        + 2L * size();
  }

  RoaringBitmap seriesOf(int tenant) {
    return seriesOfTenant.get(tenant);
  }

  LabelPairs labelPairs() {
    return pairs;
  }

  /** The text of a pair's value. */
  String value(int pair) {
    return pairs.value(pair, postings.count(pair) > 1);
  }

  /** How many series have a pair. */
  int count(int pair) {
    return postings.count(pair);
  }

  void addSeries(int pair, RoaringBitmap target) {
    postings.addTo(pair, target);
  }

  /** Takes away the series that do not have a pair. */
  void retainSeries(int pair, RoaringBitmap target) {
    postings.retainIn(pair, target);
  }

  private int find(int tenant, int hash, byte[] packed, int offset, int length) {
    int mask = slots.length - 1;
    for (int slot = slot(tenant, hash, mask); slots[slot] != 0; slot = (slot + 1) & mask) {
      int series = slots[slot] - 1;
      if (hashes.get(series) == hash
          && tenantOfSeries.get(series) == tenant
          && isEqual(series, packed, offset, length)) {
        return series;
      }
    }
    return NONE;
  }

  private int add(int tenant, int hash, byte[] packed, int offset, int length) {
    int series = listOfSeries.size();
    LabelSetTable.Cursor cursor = new LabelSetTable.Cursor(packed, offset, length);
    int from = offset;
    int count = 0;
    int bytes = 0;
    while (cursor.next()) {
      int to = cursor.valueOffset() + cursor.valueLength();
      int known = pairs.size();
      int pair = pairs.intern(tenant, packed, from, to - from, cursor);
      postings.add(pair, series, pair == known);
      bytes = putVarint(bytes, pair);
      from = to;
      count++;
    }
    listOfSeries.add(addList(count, bytes));
    hashes.add(hash);
    tenantOfSeries.add(tenant);
    RoaringBitmap ofTenant = seriesOfTenant.get(tenant);
    tenantsWithSeries += ofTenant.isEmpty() ? 1 : 0;
    ofTenant.add(series);
    if ((series + 1) * 4L > slots.length * 3L) {
      rehash();
    } else {
      insert(series);
    }
    return series;
  }

  /** Puts the pairs of {@link #list} behind their count. */
  private int addList(int count, int bytes) {
    int end = putVarint(bytes, count);
    int position = lists.allocate(end);
    byte[] page = lists.page(position);
    int at = BytePages.offset(position);
    System.arraycopy(list, bytes, page, at, end - bytes);
    System.arraycopy(list, 0, page, at + end - bytes, bytes);
    return position;
  }

  private int putVarint(int from, int value) {
    if (list.length - from < 5) {
      list = java.util.Arrays.copyOf(list, list.length * 2);
    }
    int at = from;
    int rest = value;
    while ((rest & ~0x7f) != 0) {
      list[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    list[at++] = (byte) rest;
    return at;
  }

  private boolean isEqual(int series, byte[] packed, int offset, int length) {
    int end = offset + length;
    int from = offset;
    PairCursor at = new PairCursor(series);
    while (at.next()) {
      int matched = pairs.matches(at.pair(), packed, from, end);
      if (matched < 0) {
        return false;
      }
      from += matched;
    }
    return from == end;
  }

  private void insert(int series) {
    int mask = slots.length - 1;
    int slot = slot(tenantOfSeries.get(series), hashes.get(series), mask);
    while (slots[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    slots[slot] = series + 1;
  }

  private void rehash() {
    slots = new int[slots.length * 2];
    for (int series = 0; series < listOfSeries.size(); series++) {
      insert(series);
    }
  }

  private static int fold(long hash) {
    return (int) (hash ^ (hash >>> 32));
  }

  private static int slot(int tenant, int hash, int mask) {
    long mixed = (hash ^ ((long) tenant << 32)) * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 32) & mask;
  }

  /** Walks over the label pairs of a series. */
  public final class PairCursor {
    private final byte[] bytes;
    private final int size;
    private int left;
    private int at;
    private int pair;

    private PairCursor(int series) {
      int position = listOfSeries.get(series);
      bytes = lists.page(position);
      at = BytePages.offset(position);
      left = varint();
      size = left;
    }

    /** How many pairs the series has. */
    public int size() {
      return size;
    }

    public boolean next() {
      if (left == 0) {
        return false;
      }
      left--;
      pair = varint();
      return true;
    }

    /** The number of the pair. */
    public int pair() {
      return pair;
    }

    private int varint() {
      int value = 0;
      int shift = 0;
      byte b;
      do {
        b = bytes[at++];
        value |= (b & 0x7f) << shift;
        shift += 7;
      } while (b < 0);
      return value;
    }
  }
}
