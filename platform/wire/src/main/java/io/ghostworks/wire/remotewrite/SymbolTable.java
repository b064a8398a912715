package io.ghostworks.wire.remotewrite;

import io.ghostworks.wire.proto.ProtoReader;
import java.nio.charset.StandardCharsets;

/**
 * The symbols of a request of version 2.0 as places in its body: {@code lengthStart[i]} is where
 * the length of symbol i stands, so that a symbol costs four bytes and no copy.
 */
final class SymbolTable {
  private static final int SYMBOL = 4 << 3 | ProtoReader.BYTES;

  private final byte[] bytes;
  private final int[] lengthStarts;
  private int start;
  private int length;

  private SymbolTable(byte[] bytes, int[] lengthStarts) {
    this.bytes = bytes;
    this.lengthStarts = lengthStarts;
  }

  /**
   * Reads the symbols of a request, wherever they stand in it; the reader is at its begin again.
   */
  static SymbolTable of(ProtoReader reader) {
    int begin = reader.position();
    int count = 0;
    while (reader.next()) {
      count += reader.tag() == SYMBOL ? 1 : 0;
      reader.skip();
    }
    int[] starts = new int[count];
    int next = 0;
    reader.rewind(begin);
    while (next < count && reader.next()) {
      if (reader.tag() == SYMBOL) {
        starts[next++] = reader.position();
      }
      reader.skip();
    }
    reader.rewind(begin);
    return new SymbolTable(reader.bytes(), starts);
  }

  int size() {
    return lengthStarts.length;
  }

  /**
   * Where the one byte of the length of a symbol of 1 to 127 bytes stands in the body; -1 if the
   * symbol has another length, its length is written otherwise, or there is none of this number.
   */
  int shortSymbol(long ref) {
    if (ref < 0 || ref >= lengthStarts.length) {
      return -1;
    }
    int at = lengthStarts[(int) ref];
    return bytes[at] > 0 ? at : -1;
  }

  /** A symbol that there is, as text. */
  String text(int ref) {
    find(ref);
    return new String(bytes, start, length, StandardCharsets.UTF_8);
  }

  /** Goes to a symbol; false if there is none of this number. */
  boolean find(long ref) {
    if (ref < 0 || ref >= lengthStarts.length) {
      return false;
    }
    int at = lengthStarts[(int) ref];
    int value = 0;
    for (int shift = 0; ; shift += 7) {
      byte b = bytes[at++];
      value |= (b & 0x7f) << shift;
      if (b >= 0) {
        break;
      }
    }
    start = at;
    length = value;
    return true;
  }

  /** Where the symbol found last begins in the body. */
  int start() {
    return start;
  }

  /** How many bytes the symbol found last has. */
  int length() {
    return length;
  }
}
