package io.ghostworks.series.head;

import com.dynatrace.hash4j.hashing.Hashing;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.column.StringTable;
import io.ghostworks.model.label.LabelSetTable;
import io.ghostworks.series.primitive.BytePages;
import io.ghostworks.series.primitive.IntPages;
import io.ghostworks.series.primitive.LongIntMap;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The label names and label pairs of one head generation, numbered from 0, each a tenant's own. A
 * pair's text stands here in its packed form, so that it is compared and copied as it is:
 *
 * <pre>
 * text := length:varint nameLength:varint name valueLength:varint value      // the first length is of what follows it
 * </pre>
 *
 * Texts of values that came more than once are kept as strings when they were asked for. Guarded as
 * {@link HeadIndex} says.
 */
final class LabelPairs {
  static final int NONE = -1;
  private static final int TEXTS_PER_PAGE = 1_024;
  private static final long TEXT_BYTES = 48;

  private final StringTable nameTexts = new StringTable();
  private final LongIntMap nameNumbers = new LongIntMap();
  private final IntPages nameSymbols = new IntPages();
  private final IntPages tenantOfName = new IntPages();
  private final IntPages firstPairOfName = new IntPages();
  private final IntPages pairsOfName = new IntPages();
  private final IntPages nextName = new IntPages();
  private final IntPages firstNameOfTenant = new IntPages();

  private final BytePages texts = new BytePages();
  private final IntPages textOfPair = new IntPages();
  private final IntPages nameOfPair = new IntPages();
  private final IntPages nextPair = new IntPages();
  private @Nullable String[] @Nullable [] values = new @Nullable String[4] @Nullable [];
  private int[] slots = new int[64];
  private long valueBytes;

  void addTenant() {
    firstNameOfTenant.add(NONE);
  }

  /** The number of pairs. */
  int size() {
    return textOfPair.size();
  }

  /** The number of a packed pair, new where needed. */
  int intern(int tenant, byte[] packed, int offset, int length, LabelSetTable.Cursor at) {
    int mask = slots.length - 1;
    int slot = slot(tenant, packed, offset, length, mask);
    for (; slots[slot] != 0; slot = (slot + 1) & mask) {
      int pair = slots[slot] - 1;
      if (tenantOf(pair) == tenant && matches(pair, packed, offset, offset + length) == length) {
        return pair;
      }
    }
    int name = nameNumber(tenant, nameTexts.intern(packed, at.nameOffset(), at.nameLength()));
    int pair = add(name, packed, offset, length);
    slots[slot] = pair + 1;
    if (size() * 2L > slots.length) {
      rehash();
    }
    return pair;
  }

  /** How many bytes a pair takes where packed bytes go on with it, or -1 where they do not. */
  int matches(int pair, byte[] packed, int offset, int end) {
    int text = textOfPair.get(pair);
    byte[] page = texts.page(text);
    int at = BytePages.offset(text);
    int length = page[at++];
    if (length < 0) {
      return matchesLong(page, at - 1, packed, offset, end);
    }
    return length <= end - offset
            && Arrays.equals(page, at, at + length, packed, offset, offset + length)
        ? length
        : NONE;
  }

  /** Appends a pair in its packed form. */
  void append(int pair, ByteArena out) {
    int text = textOfPair.get(pair);
    byte[] page = texts.page(text);
    int at = BytePages.offset(text);
    int length = varint(page, at);
    out.append(page, at + varintBytes(length), length);
  }

  /** Compares names, then values, by their bytes. */
  int compare(int left, int right) {
    byte[] leftPage = texts.page(textOfPair.get(left));
    byte[] rightPage = texts.page(textOfPair.get(right));
    int leftAt = packedFrom(left);
    int rightAt = packedFrom(right);
    for (int part = 0; part < 2; part++) {
      int leftLength = varint(leftPage, leftAt);
      int rightLength = varint(rightPage, rightAt);
      leftAt += varintBytes(leftLength);
      rightAt += varintBytes(rightLength);
      int order =
          Arrays.compareUnsigned(
              leftPage, leftAt, leftAt + leftLength, rightPage, rightAt, rightAt + rightLength);
      if (order != 0) {
        return order;
      }
      leftAt += leftLength;
      rightAt += rightLength;
    }
    return 0;
  }

  String name(int name) {
    return nameTexts.text(nameSymbols.get(name));
  }

  int nameOf(int pair) {
    return nameOfPair.get(pair);
  }

  /**
   * The text of a pair's value.
   *
   * @param keep whether it will be asked for again
   */
  String value(int pair, boolean keep) {
    String[] page = page(pair);
    String known = page == null ? null : page[pair % TEXTS_PER_PAGE];
    if (known != null) {
      return known;
    }
    byte[] bytes = texts.page(textOfPair.get(pair));
    int at = packedFrom(pair);
    int nameLength = varint(bytes, at);
    at += varintBytes(nameLength) + nameLength;
    int length = varint(bytes, at);
    String text = new String(bytes, at + varintBytes(length), length, StandardCharsets.UTF_8);
    if (keep) {
      keep(pair, text, length);
    }
    return text;
  }

  int firstName(int tenant) {
    return firstNameOfTenant.get(tenant);
  }

  int nextName(int name) {
    return nextName.get(name);
  }

  int firstPair(int name) {
    return firstPairOfName.get(name);
  }

  int nextPair(int pair) {
    return nextPair.get(pair);
  }

  /** How many values a name has. */
  int pairsOf(int name) {
    return pairsOfName.get(name);
  }

  /** The number of a tenant's label name, or -1. */
  int findName(int tenant, String name) {
    int symbol = nameTexts.find(name);
    return symbol < 0 ? NONE : nameNumbers.get(key(tenant, symbol));
  }

  /** The number of the pair of a name and a value, or -1. */
  int findPair(int name, String value) {
    byte[] packed = packed(name(name), value);
    int tenant = tenantOfName.get(name);
    int mask = slots.length - 1;
    for (int slot = slot(tenant, packed, 0, packed.length, mask);
        slots[slot] != 0;
        slot = (slot + 1) & mask) {
      int pair = slots[slot] - 1;
      if (nameOfPair.get(pair) == name
          && matches(pair, packed, 0, packed.length) == packed.length) {
        return pair;
      }
    }
    return NONE;
  }

  /** Bytes of a pair's name. */
  int nameBytes(int pair) {
    return varint(texts.page(textOfPair.get(pair)), packedFrom(pair));
  }

  /** Bytes of a pair's value. */
  int valueBytes(int pair) {
    int nameBytes = nameBytes(pair);
    return varint(
        texts.page(textOfPair.get(pair)), packedFrom(pair) + varintBytes(nameBytes) + nameBytes);
  }

  private int textBytes(int pair) {
    int text = textOfPair.get(pair);
    return varint(texts.page(text), BytePages.offset(text));
  }

  /** Memory held, estimated from the sizes of the arrays. */
  long bytes() {
    return nameTexts.arena().array().length
        + 72L * nameTexts.size()
        + nameNumbers.bytes()
        + nameSymbols.bytes()
        + tenantOfName.bytes()
        + firstPairOfName.bytes()
        + pairsOfName.bytes()
        + nextName.bytes()
        + firstNameOfTenant.bytes()
        + texts.bytes()
        + textOfPair.bytes()
        + nameOfPair.bytes()
        + nextPair.bytes()
        + 4L * slots.length
        + valueBytes;
  }

  private int tenantOf(int pair) {
    return tenantOfName.get(nameOfPair.get(pair));
  }

  private int packedFrom(int pair) {
    int text = textOfPair.get(pair);
    int at = BytePages.offset(text);
    return at + varintBytes(varint(texts.page(text), at));
  }

  private String @Nullable [] page(int pair) {
    int number = pair / TEXTS_PER_PAGE;
    return number < values.length ? values[number] : null;
  }

  /** Synchronized, since readers share the read lock. */
  private synchronized void keep(int pair, String text, int length) {
    int number = pair / TEXTS_PER_PAGE;
    if (number >= values.length) {
      values = Arrays.copyOf(values, Math.max(number + 1, values.length * 2));
    }
    String[] page = values[number];
    if (page == null) {
      page = new String[TEXTS_PER_PAGE];
      values[number] = page;
      valueBytes += 4L * TEXTS_PER_PAGE;
    }
    page[pair % TEXTS_PER_PAGE] = text;
    valueBytes += TEXT_BYTES + length;
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
    tenantOfName.add(tenant);
    firstPairOfName.add(NONE);
    pairsOfName.add(0);
    nextName.add(firstNameOfTenant.get(tenant));
    firstNameOfTenant.set(tenant, name);
    return name;
  }

  private int add(int name, byte[] packed, int offset, int length) {
    int text = texts.allocate(varintBytes(length) + length);
    byte[] page = texts.page(text);
    int at = BytePages.offset(text);
    int rest = length;
    while ((rest & ~0x7f) != 0) {
      page[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    page[at++] = (byte) rest;
    System.arraycopy(packed, offset, page, at, length);
    textOfPair.add(text);
    nameOfPair.add(name);
    nextPair.add(firstPairOfName.get(name));
    firstPairOfName.set(name, size() - 1);
    pairsOfName.set(name, pairsOfName.get(name) + 1);
    return size() - 1;
  }

  private void rehash() {
    slots = new int[slots.length * 2];
    int mask = slots.length - 1;
    for (int pair = 0; pair < size(); pair++) {
      byte[] page = texts.page(textOfPair.get(pair));
      int slot = slot(tenantOf(pair), page, packedFrom(pair), textBytes(pair), mask);
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = pair + 1;
    }
  }

  private static int matchesLong(byte[] page, int at, byte[] packed, int offset, int end) {
    int length = varint(page, at);
    int from = at + varintBytes(length);
    return length <= end - offset
            && Arrays.equals(page, from, from + length, packed, offset, offset + length)
        ? length
        : NONE;
  }

  private static byte[] packed(String name, String value) {
    ByteArena out = new ByteArena(name.length() + value.length() + 16);
    for (String text : new String[] {name, value}) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      int rest = utf8.length;
      while ((rest & ~0x7f) != 0) {
        out.appendByte(rest | 0x80);
        rest >>>= 7;
      }
      out.appendByte(rest);
      out.append(utf8, 0, utf8.length);
    }
    return Arrays.copyOf(out.array(), out.size());
  }

  private static int varint(byte[] bytes, int at) {
    int value = 0;
    int position = at;
    for (int shift = 0; shift < Integer.SIZE; shift += 7) {
      byte b = bytes[position++];
      value |= (b & 0x7f) << shift;
      if (b >= 0) {
        break;
      }
    }
    return value;
  }

  private static int varintBytes(int value) {
    return (38 - Integer.numberOfLeadingZeros(value | 1)) / 7;
  }

  private static int slot(int tenant, byte[] bytes, int offset, int length, int mask) {
    long mixed =
        (Hashing.xxh3_64().hashBytesToLong(bytes, offset, length) ^ tenant) * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 32) & mask;
  }

  private static long key(int high, int low) {
    return ((long) high << 32) | low;
  }
}
