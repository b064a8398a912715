package io.ghostworks.records.column;

import com.dynatrace.hash4j.hashing.Hashing;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.column.IntColumn;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Columns of texts or bytes. The reader knows their count n; the form is the first that fits.
 *
 * <pre>
 * texts := 0 length:varint bytes                          // all the same
 *        | 1 count:varint raw(count) pack(n)              // numbers into distinct values, as {@link LongsCodec} packs
 *        | 2 raw(n)
 *        | 3 length:varint byte[n * length / 2]           // lower-case hexadecimal texts of one even length
 *        | 4 longs(n)                                     // decimal integers of at most 18 digits
 *        | 5 longs(n)                                     // IPv4 addresses
 *        | 6 byte[n * 16]                                 // UUIDs in lower case
 * raw   := lengths:longs(n) blob
 * </pre>
 */
public final class TextsCodec {

  private static final int CONSTANT = 0;
  private static final int CODED = 1;
  private static final int RAW = 2;
  private static final int HEX = 3;
  private static final int DECIMAL = 4;
  private static final int ADDRESS = 5;
  private static final int UUID = 6;
  private static final int DISTINCT_MAX = 4096;
  private static final int LENGTH_MAX = 64 << 20;

  private TextsCodec() {}

  /** The distinct values of a column and the number of each row's. */
  private record Coded(long[] values, int count, long[] codes) {}

  /** Puts the first {@code count} slices, which are at least one. */
  public static void put(BytesOutput out, ByteArena arena, long[] slices, int count) {
    Coded coded = coded(arena, slices, count);
    if (coded != null && coded.count() == 1) {
      out.putByte(CONSTANT);
      out.putLengthAndBytes(
          arena.array(), ByteArena.offset(slices[0]), ByteArena.length(slices[0]));
    } else if (coded != null) {
      out.putByte(CODED);
      out.putVarint(coded.count());
      putRaw(out, arena, coded.values(), coded.count());
      LongsCodec.putPacked(out, coded.codes(), count);
    } else {
      putForm(form(arena, slices, count), out, arena, slices, count);
    }
  }

  private static @Nullable Coded coded(ByteArena arena, long[] slices, int count) {
    int limit = Math.min(DISTINCT_MAX, count / 2 + 1);
    int mask = Integer.highestOneBit(limit * 4 - 1) * 2 - 1;
    int[] slots = new int[mask + 1];
    long[] values = new long[limit];
    long[] codes = new long[count];
    int size = 0;
    for (int i = 0; i < count; i++) {
      if (i > 0 && arena.equal(slices[i], arena, slices[i - 1])) {
        codes[i] = codes[i - 1];
        continue;
      }
      int from = ByteArena.offset(slices[i]);
      int slot =
          (int) Hashing.xxh3_64().hashBytesToLong(arena.array(), from, ByteArena.length(slices[i]))
              & mask;
      while (slots[slot] != 0 && !arena.equal(values[slots[slot] - 1], arena, slices[i])) {
        slot = (slot + 1) & mask;
      }
      if (slots[slot] == 0) {
        if (size == limit || (size > 256 && size > i - i / 4)) {
          return null;
        }
        values[size++] = slices[i];
        slots[slot] = size;
      }
      codes[i] = slots[slot] - 1L;
    }
    return new Coded(values, size, codes);
  }

  private static int form(ByteArena arena, long[] slices, int count) {
    byte[] bytes = arena.array();
    int length = ByteArena.length(slices[0]);
    boolean sameLength = true;
    boolean hex = length > 0 && length % 2 == 0;
    boolean decimal = true;
    boolean address = true;
    boolean uuid = length == TextForms.UUID_BYTES;
    for (int i = 0; i < count && ((sameLength && (hex || uuid)) || decimal || address); i++) {
      int from = ByteArena.offset(slices[i]);
      int own = ByteArena.length(slices[i]);
      sameLength &= own == length;
      hex = hex && sameLength && TextForms.isHex(bytes, from, own);
      uuid = uuid && TextForms.isUuid(bytes, from, own);
      decimal = decimal && TextForms.isDecimal(bytes, from, own);
      address = address && TextForms.address(bytes, from, own) >= 0;
    }
    if (decimal) {
      return DECIMAL;
    }
    if (address) {
      return ADDRESS;
    }
    return hex ? HEX : uuid ? UUID : RAW;
  }

  private static void putForm(
      int form, BytesOutput out, ByteArena arena, long[] slices, int count) {
    out.putByte(form);
    switch (form) {
      case HEX -> {
        out.putVarint(ByteArena.length(slices[0]));
        putNibbles(out, arena, slices, count);
      }
      case UUID -> putNibbles(out, arena, slices, count);
      case DECIMAL -> {
        long[] values = new long[count];
        Arrays.setAll(
            values,
            i ->
                TextForms.decimal(
                    arena.array(), ByteArena.offset(slices[i]), ByteArena.length(slices[i])));
        LongsCodec.put(out, values, count);
      }
      case ADDRESS -> {
        long[] values = new long[count];
        Arrays.setAll(
            values,
            i ->
                TextForms.address(
                    arena.array(), ByteArena.offset(slices[i]), ByteArena.length(slices[i])));
        LongsCodec.put(out, values, count);
      }
      default -> putRaw(out, arena, slices, count);
    }
  }

  private static void putNibbles(BytesOutput out, ByteArena arena, long[] slices, int count) {
    byte[] bytes = arena.array();
    for (int i = 0; i < count; i++) {
      int at = ByteArena.offset(slices[i]);
      int end = at + ByteArena.length(slices[i]);
      while (at < end) {
        if (bytes[at] == '-') {
          at++;
          continue;
        }
        out.putByte(TextForms.nibble(bytes[at]) << 4 | TextForms.nibble(bytes[at + 1]));
        at += 2;
      }
    }
  }

  private static void putRaw(BytesOutput out, ByteArena arena, long[] slices, int count) {
    long[] lengths = new long[count];
    int total = 0;
    for (int i = 0; i < count; i++) {
      lengths[i] = ByteArena.length(slices[i]);
      total += (int) lengths[i];
    }
    byte[] all = new byte[total];
    int at = 0;
    for (int i = 0; i < count; i++) {
      System.arraycopy(arena.array(), ByteArena.offset(slices[i]), all, at, (int) lengths[i]);
      at += (int) lengths[i];
    }
    LongsCodec.put(out, lengths, count);
    Blob.put(out, all, 0, total);
  }

  /**
   * Reads {@code count} values as slices of the vector's own arena.
   *
   * @throws DamagedDataException if the bytes are no such column
   */
  public static Vector get(BytesInput in, int count) throws DamagedDataException {
    return get(in.getByte() & 0xff, in, count);
  }

  /**
   * Reads {@code count} values of which only some are looked at: others may be empty.
   *
   * @param wanted entries, ascending
   * @throws DamagedDataException if the bytes are no such column
   */
  public static Vector get(BytesInput in, int count, int[] wanted) throws DamagedDataException {
    int form = in.getByte() & 0xff;
    return switch (form) {
      case CODED -> coded(in, count, wanted);
      case RAW -> {
        RawTexts raw = RawTexts.get(in, count);
        yield Vector.plain(raw.slices(wanted), raw.arena());
      }
      default -> get(form, in, count);
    };
  }

  /**
   * The entries whose text is this one, ascending.
   *
   * @throws DamagedDataException if the bytes are no such column
   */
  public static int[] equal(BytesInput in, int count, byte[] text) throws DamagedDataException {
    int form = in.getByte() & 0xff;
    if (form == RAW) {
      return RawTexts.get(in, count).equal(text);
    }
    Vector values = get(form, in, count);
    boolean[] same = new boolean[values.valueCount()];
    boolean any = false;
    for (int value = 0; value < same.length; value++) {
      long slice = values.value(value);
      int from = ByteArena.offset(slice);
      int to = from + ByteArena.length(slice);
      same[value] = Arrays.equals(values.arena().array(), from, to, text, 0, text.length);
      any |= same[value];
    }
    IntColumn found = new IntColumn(4);
    for (int entry = 0; any && entry < count; entry++) {
      if (same[values.code(entry)]) {
        found.add(entry);
      }
    }
    return Arrays.copyOf(found.array(), found.size());
  }

  private static Vector coded(BytesInput in, int count, int @Nullable [] wanted)
      throws DamagedDataException {
    int distinct = in.getVarint(Math.min(count, DISTINCT_MAX));
    if (distinct == 0) {
      return Vector.coded(
          new long[0], LongsCodec.codes(in, count, distinct, wanted), new ByteArena(0));
    }
    RawTexts texts = RawTexts.get(in, distinct);
    return Vector.coded(
        texts.slices(), LongsCodec.codes(in, count, distinct, wanted), texts.arena());
  }

  private static Vector get(int form, BytesInput in, int count) throws DamagedDataException {
    return switch (form) {
      case CONSTANT -> {
        byte[] bytes = in.getLengthAndBytes();
        ByteArena arena = new ByteArena(bytes.length);
        yield Vector.constant(arena.append(bytes, 0, bytes.length), arena, count);
      }
      case CODED -> coded(in, count, null);
      case RAW -> {
        RawTexts raw = RawTexts.get(in, count);
        yield Vector.plain(raw.slices(), raw.arena());
      }
      case HEX -> hex(in, count);
      case DECIMAL -> {
        ByteArena arena = new ByteArena(count * 8);
        Vector numbers = LongsCodec.get(in, count);
        long[] texts = new long[numbers.valueCount()];
        Arrays.setAll(texts, i -> arena.append(Long.toString(numbers.value(i))));
        yield numbers.withValues(texts, arena);
      }
      case ADDRESS -> {
        ByteArena arena = new ByteArena(count * 15);
        Vector numbers = LongsCodec.get(in, count);
        long[] texts = new long[numbers.valueCount()];
        Arrays.setAll(texts, i -> TextForms.appendAddress(numbers.value(i), arena));
        yield numbers.withValues(texts, arena);
      }
      case UUID -> uuids(in, count);
      default ->
          throw new DamagedDataException(
              "a column of texts must have a form from 0 to 6, got %d before offset %d"
                  .formatted(form, in.position()));
    };
  }

  private static Vector hex(BytesInput in, int count) throws DamagedDataException {
    int length = in.getVarint(LENGTH_MAX);
    int from = in.arrayOffset();
    long needed = (long) count * length / 2;
    if (needed > in.remaining()) {
      throw new DamagedDataException(
          "hexadecimal texts need %d bytes, %d are left at offset %d"
              .formatted(needed, in.remaining(), in.position()));
    }
    in.skip((int) needed);
    byte[] source = in.array();
    ByteArena arena = new ByteArena((int) (2 * needed));
    arena.reserve((int) (2 * needed));
    byte[] target = arena.array();
    for (int i = 0; i < needed; i++) {
      target[2 * i] = TextForms.digit(source[from + i] >> 4);
      target[2 * i + 1] = TextForms.digit(source[from + i]);
    }
    long[] slices = new long[count];
    Arrays.setAll(slices, i -> ByteArena.slice(i * length, length));
    return Vector.plain(slices, arena);
  }

  private static Vector uuids(BytesInput in, int count) throws DamagedDataException {
    int from = in.arrayOffset();
    in.skip(Math.multiplyExact(count, 16));
    byte[] source = in.array();
    ByteArena arena = new ByteArena(count * TextForms.UUID_BYTES);
    arena.reserve(count * TextForms.UUID_BYTES);
    byte[] target = arena.array();
    long[] slices = new long[count];
    int at = 0;
    int read = from;
    for (int i = 0; i < count; i++) {
      slices[i] = ByteArena.slice(at, TextForms.UUID_BYTES);
      for (int digit = 0; digit < TextForms.UUID_BYTES; ) {
        if (TextForms.isDash(digit)) {
          target[at + digit++] = '-';
        } else {
          target[at + digit++] = TextForms.digit(source[read] >> 4);
          target[at + digit++] = TextForms.digit(source[read++]);
        }
      }
      at += TextForms.UUID_BYTES;
    }
    return Vector.plain(slices, arena);
  }
}
