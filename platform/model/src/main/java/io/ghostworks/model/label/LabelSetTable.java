package io.ghostworks.model.label;

import com.dynatrace.hash4j.hashing.Hashing;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.column.LongColumn;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Label sets of a batch, packed, numbered from 0. Equal sets may be there more than once. Not
 * thread-safe while being filled.
 *
 * <p>A set is packed canonically, so that equal sets have equal bytes, and so that the bytes can be
 * a key in a store:
 *
 * <pre>
 * set  := pair*                                   // sorted by name's bytes, no name twice, no empty value
 * pair := nameLength:varint name valueLength:varint value      // UTF-8, lengths in bytes, LEB128
 * </pre>
 */
public final class LabelSetTable {

  private final ByteArena arena = new ByteArena(1024);
  private final LongColumn slices = new LongColumn();
  private final LongColumn hashes = new LongColumn();
  private @Nullable SentLabelSets sent;

  /** Adds a copy of a packed set; the caller vouches for the canonical form. */
  public int addPacked(byte[] source, int offset, int length) {
    slices.add(arena.append(source, offset, length));
    hashes.add(Hashing.xxh3_64().hashBytesToLong(source, offset, length));
    return slices.size() - 1;
  }

  /**
   * Adds a set that a store has numbered, without reading it: it is packed when somebody asks for
   * its labels.
   *
   * @param number as {@link LabelSetNumbers.Lookup#find} gave it for the fingerprint
   * @param bytes its labels as the sender wrote them; not copied
   * @param packer packs such bytes; it must not fail on these
   */
  public int addNumbered(
      long number, long high, long low, byte[] bytes, int offset, int length, Packer packer) {
    if (number < 0) {
      throw new IllegalArgumentException("a set's number must be at least 0, got " + number);
    }
    int set = slices.size();
    sent().standIn(bytes, packer);
    sent().add(set, number, high, low, ByteArena.slice(offset, length));
    slices.add(SentLabelSets.UNPACKED);
    hashes.add(0);
    return set;
  }

  /** Adds to a set by which fingerprint its sender's form is known, as {@link LabelSetNumbers}. */
  public void fingerprint(int set, long high, long low) {
    sent().add(set, LabelSetNumbers.UNKNOWN, high, low, ByteArena.EMPTY);
  }

  /** The number that a store gave the set, or {@link LabelSetNumbers#UNKNOWN}. */
  public long number(int set) {
    return sent == null ? LabelSetNumbers.UNKNOWN : sent.number(set);
  }

  /** The fingerprints that sets have; null where none has one. */
  public @Nullable SentLabelSets sentForms() {
    return sent;
  }

  /** Packs and adds a set. */
  public int add(Labels labels) {
    byte[] packed = pack(labels);
    return addPacked(packed, 0, packed.length);
  }

  /** The number of sets. */
  public int size() {
    return slices.size();
  }

  /** Where the packed bytes of a set stand in {@link #arena()}. */
  public long slice(int set) {
    long slice = slices.get(set);
    return slice == SentLabelSets.UNPACKED ? pack(set) : slice;
  }

  /** At least the bytes that a set takes when it is packed. */
  public int packedBytesMax(int set) {
    long slice = slices.get(set);
    return ByteArena.length(slice == SentLabelSets.UNPACKED ? sent().slice(set) : slice);
  }

  /** The XXH3 hash of a set's packed bytes. */
  public long hash(int set) {
    if (slices.get(set) == SentLabelSets.UNPACKED) {
      pack(set);
    }
    return hashes.get(set);
  }

  /** The bytes of all sets whose slice was asked for; only to be read, until the next slice is. */
  public ByteArena arena() {
    return arena;
  }

  /** A set as labels. */
  public Labels labels(int set) {
    long slice = slice(set);
    return unpack(arena.array(), ByteArena.offset(slice), ByteArena.length(slice));
  }

  /** The packed form of labels. */
  public static byte[] pack(Labels labels) {
    ByteArena out = new ByteArena(64);
    labels.forEach((name, value) -> {
      appendText(out, name);
      appendText(out, value);
    });
    return Arrays.copyOf(out.array(), out.size());
  }

  /**
   * Labels from their packed form.
   *
   * @throws IllegalArgumentException if the bytes are not a packed set
   */
  public static Labels unpack(byte[] packed, int offset, int length) {
    Labels.Builder builder = Labels.builder();
    Cursor cursor = new Cursor(packed, offset, length);
    while (cursor.next()) {
      builder.set(cursor.name(), cursor.value());
    }
    return builder.build();
  }

  /** The value of a label in a packed set, or null. */
  public static @Nullable String find(byte[] packed, int offset, int length, String name) {
    Cursor cursor = new Cursor(packed, offset, length);
    while (cursor.next()) {
      if (cursor.name().equals(name)) {
        return cursor.value();
      }
    }
    return null;
  }

  private SentLabelSets sent() {
    if (sent == null) {
      sent = new SentLabelSets();
    }
    return sent;
  }

  private long pack(int set) {
    byte[] packed = sent().packed(set);
    long slice = arena.append(packed, 0, packed.length);
    slices.set(set, slice);
    hashes.set(set, Hashing.xxh3_64().hashBytesToLong(packed, 0, packed.length));
    return slice;
  }

  private static void appendText(ByteArena out, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    appendVarint(out, utf8.length);
    out.append(utf8, 0, utf8.length);
  }

  private static void appendVarint(ByteArena out, int value) {
    int rest = value;
    while ((rest & ~0x7f) != 0) {
      out.appendByte((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.appendByte(rest);
  }

  /** Makes the packed form of a set from the form in which a sender wrote it. */
  public interface Packer {
    byte[] pack(byte[] bytes, int offset, int length);
  }

  /** Walks the pairs of a packed set; positions are offsets into the array. */
  public static final class Cursor {
    private final byte[] bytes;
    private final int end;
    private int at;
    private int nameOffset;
    private int nameLength;
    private int valueOffset;
    private int valueLength;

    public Cursor(byte[] bytes, int offset, int length) {
      this.bytes = bytes;
      this.at = offset;
      this.end = offset + length;
    }

    /** Goes to the next pair. */
    public boolean next() {
      if (at >= end) {
        return false;
      }
      nameLength = length();
      nameOffset = at;
      at += nameLength;
      valueLength = length();
      valueOffset = at;
      at += valueLength;
      return true;
    }

    public String name() {
      return new String(bytes, nameOffset, nameLength, StandardCharsets.UTF_8);
    }

    public String value() {
      return new String(bytes, valueOffset, valueLength, StandardCharsets.UTF_8);
    }

    public int nameOffset() {
      return nameOffset;
    }

    public int nameLength() {
      return nameLength;
    }

    public int valueOffset() {
      return valueOffset;
    }

    public int valueLength() {
      return valueLength;
    }

    private int length() {
      int value = 0;
      for (int shift = 0; shift < 32 && at < end; shift += 7) {
        byte b = bytes[at++];
        value |= (b & 0x7f) << shift;
        if (b >= 0) {
          if (value < 0 || value > end - at) {
            break;
          }
          return value;
        }
      }
      throw new IllegalArgumentException("a packed label set is damaged at byte %d".formatted(at));
    }
  }
}
