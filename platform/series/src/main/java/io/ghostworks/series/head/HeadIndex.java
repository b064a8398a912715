package io.ghostworks.series.head;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.column.IntColumn;
import io.ghostworks.model.column.LongColumn;
import io.ghostworks.model.column.StringTable;
import io.ghostworks.model.label.LabelSetTable;
import io.ghostworks.model.label.Labels;
import io.ghostworks.series.primitive.LongIntMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.roaringbitmap.RoaringBitmap;

/**
 * The label sets of one head generation. Texts, label pairs of a tenant and series are numbered
 * from 0; a series is a list of pair numbers, found again by the hash of its packed labels. Numbers
 * are never reused within a generation; a generation that holds many ended series is replaced by a
 * new one.
 *
 * <p>Only admission adds, under the engine's admission lock and the head's write lock; it may also
 * look up without further locks. Everybody else reads under the head's read lock.
 */
public final class HeadIndex {
  private static final int NONE = -1;

  private final long firstJournalId;
  private final long firstJournalPair;
  private final StringTable symbols = new StringTable();
  private final Map<TenantId, Integer> tenantNumbers = new HashMap<>();
  private final List<TenantId> tenants = new ArrayList<>();
  private final List<RoaringBitmap> seriesOfTenant = new ArrayList<>();
  private final IntColumn firstNameOfTenant = new IntColumn();
  private final LongIntMap nameNumbers = new LongIntMap();
  private final IntColumn nameSymbols = new IntColumn();
  private final IntColumn firstPairOfName = new IntColumn();
  private final IntColumn nextName = new IntColumn();
  private final LongIntMap pairNumbers = new LongIntMap();
  private final IntColumn pairValues = new IntColumn();
  private final IntColumn pairNames = new IntColumn();
  private final IntColumn nextPair = new IntColumn();
  private final PairPostings postings = new PairPostings();
  private final ByteArena pairLists = new ByteArena(1024);
  private final LongColumn listOfSeries = new LongColumn();
  private final LongColumn hashes = new LongColumn();
  private final IntColumn tenantOfSeries = new IntColumn();
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

  public long firstJournalId() {
    return firstJournalId;
  }

  public long firstJournalPair() {
    return firstJournalPair;
  }

  /** The number of label pairs. */
  public int pairs() {
    return pairValues.size();
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
    firstNameOfTenant.add(NONE);
    return tenants.size() - 1;
  }

  public TenantId tenantOf(int series) {
    return tenants.get(tenantOfSeries.get(series));
  }

  public int tenantNumberOf(int series) {
    return tenantOfSeries.get(series);
  }

  public long hash(int series) {
    return hashes.get(series);
  }

  /**
   * The series with these packed labels, or -1.
   *
   * @param hash as {@link LabelSetTable#hash} gives it
   * @throws IllegalArgumentException if the bytes are no packed set
   */
  public int find(int tenant, long hash, byte[] packed, int offset, int length) {
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

  /** Adds a series that is not there yet, with valid packed labels. */
  public int add(int tenant, long hash, byte[] packed, int offset, int length) {
    int series = listOfSeries.size();
    int listFrom = pairLists.size();
    LabelSetTable.Cursor cursor = new LabelSetTable.Cursor(packed, offset, length);
    while (cursor.next()) {
      int name = symbols.intern(packed, cursor.nameOffset(), cursor.nameLength());
      int value = symbols.intern(packed, cursor.valueOffset(), cursor.valueLength());
      int pairsBefore = pairValues.size();
      int pair = pair(nameNumber(tenant, name), value);
      postings.add(pair, series, pair == pairsBefore);
      appendVarint(pair);
    }
    listOfSeries.add(ByteArena.slice(listFrom, pairLists.size() - listFrom));
    hashes.add(hash);
    tenantOfSeries.add(tenant);
    RoaringBitmap ofTenant = seriesOfTenant.get(tenant);
    tenantsWithSeries += ofTenant.isEmpty() ? 1 : 0;
    ofTenant.add(series);
    if ((series + 1) * 2L > slots.length) {
      rehash();
    } else {
      insert(series);
    }
    return series;
  }

  /** The labels of a series. */
  public Labels labels(int series) {
    Labels.Builder builder = Labels.builder();
    PairCursor pairs = new PairCursor(series);
    while (pairs.next()) {
      builder.set(symbols.text(pairs.nameSymbol()), symbols.text(pairs.valueSymbol()));
    }
    return builder.build();
  }

  /** Appends the packed labels of a series, as {@link LabelSetTable} packs them. */
  public void appendPacked(int series, ByteArena out) {
    PairCursor pairs = new PairCursor(series);
    while (pairs.next()) {
      appendSymbol(pairs.nameSymbol(), out);
      appendSymbol(pairs.valueSymbol(), out);
    }
  }

  /** Appends one label pair in the same form. */
  public void appendPair(int pair, ByteArena out) {
    appendSymbol(nameSymbols.get(pairNames.get(pair)), out);
    appendSymbol(pairValues.get(pair), out);
  }

  /** The pairs of a series, in the order of their names. */
  public PairCursor pairs(int series) {
    return new PairCursor(series);
  }

  /** A text of the generation. */
  public String symbol(int symbol) {
    return symbols.text(symbol);
  }

  /** How many texts there are. */
  public int symbols() {
    return symbols.size();
  }

  /** Memory held, estimated from the sizes of the arrays. */
  public long bytes() {
    return symbols.arena().array().length
        + 24L * symbols.size()
        + nameNumbers.bytes()
        + pairNumbers.bytes()
        + 12L * nameSymbols.array().length
        + 12L * pairValues.array().length
        + postings.bytes()
        + pairLists.array().length
        + 20L * listOfSeries.array().length
        + 4L * slots.length
        + 256L * tenants.size()
        + 2L * size();
  }

  RoaringBitmap seriesOf(int tenant) {
    return seriesOfTenant.get(tenant);
  }

  int firstName(int tenant) {
    return firstNameOfTenant.get(tenant);
  }

  int nextName(int name) {
    return nextName.get(name);
  }

  int nameSymbol(int name) {
    return nameSymbols.get(name);
  }

  /** The number of a tenant's label name, or -1. */
  int findName(int tenant, String name) {
    int symbol = findSymbol(name);
    return symbol == NONE ? NONE : nameNumbers.get(key(tenant, symbol));
  }

  int firstPair(int name) {
    return firstPairOfName.get(name);
  }

  int nextPair(int pair) {
    return nextPair.get(pair);
  }

  int pairValue(int pair) {
    return pairValues.get(pair);
  }

  /** The number of a pair, or -1. */
  int findPair(int name, String value) {
    int symbol = findSymbol(value);
    return symbol == NONE ? NONE : pairNumbers.get(key(name, symbol));
  }

  void addSeries(int pair, RoaringBitmap target) {
    postings.addTo(pair, target);
  }

  private int findSymbol(String text) {
    return symbols.find(text);
  }

  private int nameNumber(int tenant, int symbol) {
    long key = key(tenant, symbol);
    int known = nameNumbers.get(key);
    if (known != NONE) {
      return known;
    }
    int name = nameSymbols.size();
    nameNumbers.put(key, name);
    nameSymbols.add(symbol);
    firstPairOfName.add(NONE);
    nextName.add(firstNameOfTenant.get(tenant));
    firstNameOfTenant.set(tenant, name);
    return name;
  }

  private int pair(int name, int value) {
    long key = key(name, value);
    int known = pairNumbers.get(key);
    if (known != NONE) {
      return known;
    }
    int pair = pairValues.size();
    pairNumbers.put(key, pair);
    pairValues.add(value);
    pairNames.add(name);
    nextPair.add(firstPairOfName.get(name));
    firstPairOfName.set(name, pair);
    return pair;
  }

  private boolean isEqual(int series, byte[] packed, int offset, int length) {
    LabelSetTable.Cursor cursor = new LabelSetTable.Cursor(packed, offset, length);
    PairCursor pairs = new PairCursor(series);
    while (pairs.next()) {
      if (!cursor.next()
          || !isSymbol(pairs.nameSymbol(), packed, cursor.nameOffset(), cursor.nameLength())
          || !isSymbol(pairs.valueSymbol(), packed, cursor.valueOffset(), cursor.valueLength())) {
        return false;
      }
    }
    return !cursor.next();
  }

  private boolean isSymbol(int symbol, byte[] bytes, int offset, int length) {
    long slice = symbols.slice(symbol);
    int from = ByteArena.offset(slice);
    return ByteArena.length(slice) == length
        && Arrays.equals(
            symbols.arena().array(), from, from + length, bytes, offset, offset + length);
  }

  private void appendSymbol(int symbol, ByteArena out) {
    long slice = symbols.slice(symbol);
    int length = ByteArena.length(slice);
    int rest = length;
    while ((rest & ~0x7f) != 0) {
      out.appendByte((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.appendByte(rest);
    out.append(symbols.arena().array(), ByteArena.offset(slice), length);
  }

  private void appendVarint(int value) {
    int rest = value;
    while ((rest & ~0x7f) != 0) {
      pairLists.appendByte((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    pairLists.appendByte(rest);
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

  private static int slot(int tenant, long hash, int mask) {
    long mixed = (hash ^ tenant) * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 32) & mask;
  }

  private static long key(int high, int low) {
    return ((long) high << 32) | low;
  }

  /** Walks over the label pairs of a series. */
  public final class PairCursor {
    private final byte[] bytes = pairLists.array();
    private final int end;
    private int at;
    private int pair;

    private PairCursor(int series) {
      long slice = listOfSeries.get(series);
      at = ByteArena.offset(slice);
      end = at + ByteArena.length(slice);
    }

    public boolean next() {
      if (at >= end) {
        return false;
      }
      int value = 0;
      int shift = 0;
      byte b;
      do {
        b = bytes[at++];
        value |= (b & 0x7f) << shift;
        shift += 7;
      } while (b < 0);
      pair = value;
      return true;
    }

    /** The number of the pair. */
    public int pair() {
      return pair;
    }

    public int nameSymbol() {
      return nameSymbols.get(pairNames.get(pair));
    }

    public int valueSymbol() {
      return pairValues.get(pair);
    }
  }
}
