package io.ghostworks.records.text;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.storage.bytes.BytesOutput;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Encodes the values of one variable in the form that is shortest for them.
 *
 * <pre>
 * values     := kind:u8 one of the following
 * constant   := length:varint byte[length]                                     // 0
 * same       := column:varint                                                  // 1: an earlier variable of the template
 * integers   := affixes flags:u8 width:varint base:zigzag planes:u8            // 2: stream NUMBERS of planes * count bytes
 * hex        := affixes upper:u8 digits:varint                                 // 3: stream TEXT of ceil(digits / 2) * count bytes
 * dictionary := size:varint values                                             // 4: stream CODES; the values of the entries
 * raw        := fixed:u8 length:varint                                         // 5: streams LENGTHS (not if fixed), TEXT
 * texts      := group                                                          // 6: as TextGroupWriter says
 * affixes    := length:varint prefix length:varint suffix                      // around every value
 * </pre>
 *
 * Integers: digits of {@code width} with leading zeros, or as many as needed if it is 0; with flag
 * 1 the number is base plus the sum of the zigzag numbers up to its own, else base plus its own;
 * the numbers lie as byte planes, lowest first. Hex digits lie two a byte, the high one first; of
 * an odd number the last byte's low half is 0. Codes are one byte, or above 256 entries two planes.
 * Lengths are varints. A variable's streams are numbered in the order in which they are written
 * here.
 */
final class ValuesWriter {

  static final int CONSTANT = 0;
  static final int SAME = 1;
  static final int INTEGERS = 2;
  static final int HEX = 3;
  static final int DICTIONARY = 4;
  static final int RAW = 5;
  static final int TEXTS = 6;

  static final int DELTA_FLAG = 1;

  /** How the values of a variable came about. */
  enum Origin {
    /** Tokens. */
    TOKEN,
    /** Scalars of JSON, each between bytes of no token. */
    SCALAR,
    /** Whole texts that have no form. */
    TEXT
  }

  private static final int DICTIONARY_MAX = 65_536;
  private static final int TEXTS_LENGTH_MIN = 4;
  private static final int TEXTS_COUNT_MIN = 6;

  private final StreamsWriter streams;
  private final TokenVisitor tokens;
  private final BytesOutput meta;
  private final BytesOutput scratch;
  private final ValueFacts facts = new ValueFacts();
  private @Nullable TextGroupWriter nested;

  ValuesWriter(StreamsWriter streams, BytesOutput meta, TokenVisitor tokens, int limitBytes) {
    this.streams = streams;
    this.meta = meta;
    this.tokens = tokens;
    this.scratch = new BytesOutput(1 << 12, limitBytes);
  }

  /** Says that the values are those of an earlier variable. */
  void same(int column) {
    meta.putByte(SAME);
    meta.putVarint(column);
  }

  /** Writes the values; there is at least one. */
  void write(byte[] text, long[] values, int count, Origin origin) {
    write(text, values, count, origin, true);
  }

  private void write(
      byte[] text, long[] values, int count, Origin origin, boolean dictionaryAllowed) {
    facts.read(text, values, count, origin != Origin.TEXT);
    if (facts.allEqual()) {
      constant(text, values[0]);
      return;
    }
    if (dictionaryAllowed && facts.distinct() > 0 && facts.distinct() <= DICTIONARY_MAX) {
      dictionary(text, count, origin);
    } else if (facts.isInteger()) {
      visitAll(text, values, count, origin);
      integers(text, values, count);
    } else if (facts.isHex()) {
      visitAll(text, values, count, origin);
      hex(text, values, count);
    } else if (origin == Origin.SCALAR
        && count >= TEXTS_COUNT_MIN
        && facts.totalBytes() >= (long) TEXTS_LENGTH_MIN * count) {
      texts(text, values, count);
    } else {
      visitAll(text, values, count, origin);
      raw(text, values, count);
    }
  }

  private void constant(byte[] text, long value) {
    meta.putByte(CONSTANT);
    meta.putLengthAndBytes(text, ByteArena.offset(value), ByteArena.length(value));
    Tokens.visit(text, ByteArena.offset(value), ByteArena.length(value), tokens);
  }

  private void visitAll(byte[] text, long[] values, int count, Origin origin) {
    for (int i = 0; i < count; i++) {
      int offset = ByteArena.offset(values[i]);
      int length = ByteArena.length(values[i]);
      if (origin == Origin.TOKEN) {
        tokens.token(text, offset, length);
      } else {
        Tokens.visit(text, offset, length, tokens);
      }
    }
  }

  private void dictionary(byte[] text, int count, Origin origin) {
    int size = facts.distinct();
    meta.putByte(DICTIONARY);
    meta.putVarint(size);
    scratch.clear();
    int[] codes = facts.codes();
    for (int shift = 0; shift == 0 || (shift < 16 && size > 256); shift += 8) {
      int at = scratch.room(count);
      byte[] plane = scratch.array();
      for (int i = 0; i < count; i++) {
        plane[at + i] = (byte) (codes[i] >>> shift);
      }
    }
    streams.add(StreamsWriter.Kind.CODES, scratch.array(), 0, scratch.position());
    write(text, facts.entries(), size, origin, false);
  }

  private void affixes(byte[] text, long first) {
    int from = ByteArena.offset(first);
    int to = from + ByteArena.length(first);
    meta.putLengthAndBytes(text, from, facts.prefix());
    meta.putLengthAndBytes(text, to - facts.suffix(), facts.suffix());
  }

  private void integers(byte[] text, long[] values, int count) {
    meta.putByte(INTEGERS);
    affixes(text, values[0]);
    long[] numbers = facts.numbers();
    boolean delta = facts.isDelta();
    meta.putByte(delta ? DELTA_FLAG : 0);
    meta.putVarint(facts.width());
    long base = delta ? numbers[0] : facts.minNumber();
    meta.putZigzag(base);
    long all = 0;
    long before = base;
    for (int i = 0; i < count; i++) {
      long number = numbers[i];
      long step = number - before;
      numbers[i] = delta ? (step << 1) ^ (step >> 63) : number - base;
      before = number;
      all |= numbers[i];
    }
    int planes = (71 - Long.numberOfLeadingZeros(all)) >>> 3;
    meta.putByte(planes);
    scratch.clear();
    for (int plane = 0; plane < planes; plane++) {
      int at = scratch.room(count);
      byte[] bytes = scratch.array();
      int shift = 8 * plane;
      for (int i = 0; i < count; i++) {
        bytes[at + i] = (byte) (numbers[i] >>> shift);
      }
    }
    streams.add(StreamsWriter.Kind.NUMBERS, scratch.array(), 0, scratch.position());
  }

  private void hex(byte[] text, long[] values, int count) {
    meta.putByte(HEX);
    affixes(text, values[0]);
    int prefix = facts.prefix();
    int digits = ByteArena.length(values[0]) - prefix - facts.suffix();
    meta.putByte(facts.isUpperHex() ? 1 : 0);
    meta.putVarint(digits);
    scratch.clear();
    int to = scratch.room(count * ((digits + 1) / 2));
    byte[] packed = scratch.array();
    for (int i = 0; i < count; i++) {
      int at = ByteArena.offset(values[i]) + prefix;
      for (int digit = 0; digit < digits; digit += 2) {
        int low = digit + 1 < digits ? Hex.digit(text[at + digit + 1]) : 0;
        packed[to++] = (byte) (Hex.digit(text[at + digit]) << 4 | low);
      }
    }
    streams.add(StreamsWriter.Kind.TEXT, scratch.array(), 0, scratch.position());
  }

  private void raw(byte[] text, long[] values, int count) {
    meta.putByte(RAW);
    boolean fixed = facts.minLength() == facts.maxLength();
    meta.putByte(fixed ? 1 : 0);
    meta.putVarint(facts.maxLength());
    if (!fixed) {
      scratch.clear();
      for (int i = 0; i < count; i++) {
        scratch.putVarint(ByteArena.length(values[i]));
      }
      streams.add(StreamsWriter.Kind.LENGTHS, scratch.array(), 0, scratch.position());
    }
    scratch.clear();
    for (int i = 0; i < count; i++) {
      scratch.putBytes(text, ByteArena.offset(values[i]), ByteArena.length(values[i]));
    }
    streams.add(StreamsWriter.Kind.TEXT, scratch.array(), 0, scratch.position());
  }

  private void texts(byte[] text, long[] values, int count) {
    meta.putByte(TEXTS);
    TextGroupWriter group = nested;
    if (group == null) {
      group = new TextGroupWriter(streams, meta, tokens, false);
      nested = group;
    }
    group.write(text, Arrays.copyOf(values, count), count);
  }
}
