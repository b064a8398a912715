package io.ghostworks.wire.compress;

import io.ghostworks.wire.WireFormatException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Decodes a body of LZ4 frames, one after the other, with their checksums. Frames that need a
 * dictionary are refused. Used once.
 *
 * <p>Source: lz4/lz4, doc/lz4_Frame_format.md (1.6) and doc/lz4_Block_format.md.
 */
final class Lz4Frames {

  private static final int MAGIC = 0x184d2204;
  private static final int SKIPPABLE = 0x184d2a50;
  private static final int INDEPENDENT = 0x20;
  private static final int BLOCK_CHECKSUMS = 0x10;
  private static final int CONTENT_SIZE = 0x08;
  private static final int CONTENT_CHECKSUM = 0x04;
  private static final int DICTIONARY = 0x01;
  private static final int FIRST_BUFFER_BYTES = 64 << 10;

  /** The shortest match; its length is stored without this. */
  private static final int MATCH_BYTES_MIN = 4;

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] in;
  private final int end;
  private final int limitBytes;
  private final ContentCoding.Memory memory;
  private int at;
  private byte[] out = new byte[0];
  private int size;

  Lz4Frames(byte[] in, int offset, int length, int limitBytes, ContentCoding.Memory memory) {
    this.in = in;
    this.at = offset;
    this.end = offset + length;
    this.limitBytes = limitBytes;
    this.memory = memory;
  }

  /** See {@link ContentCoding#decode}. */
  byte[] decoded() {
    while (at < end) {
      int magic = int32();
      if (magic == MAGIC) {
        frame();
      } else if ((magic & 0xfffffff0) == SKIPPABLE) {
        skip(int32() & 0xffffffffL);
      } else {
        throw malformed("no frame begins here");
      }
    }
    return ContentCoding.resized(out, size, memory);
  }

  private void frame() {
    int descriptor = at;
    int flags = int8();
    int sizeCode = int8() >>> 4;
    if (flags >>> 6 != 1 || sizeCode < 4 || sizeCode > 7) {
      throw malformed("frame of an unknown version");
    }
    long contentBytes = (flags & CONTENT_SIZE) != 0 ? int64() : -1;
    if ((flags & DICTIONARY) != 0) {
      throw malformed("frame that needs a dictionary");
    }
    int header = Xxh32.hash(in, descriptor, at - descriptor) >>> 8 & 0xff;
    if (int8() != header) {
      throw malformed("wrong checksum of a frame's header");
    }
    if (contentBytes > limitBytes - size) {
      throw new BodyTooLargeException(limitBytes);
    }
    int start = size;
    int blockBytesMax = 1 << (8 + 2 * sizeCode);
    for (int word = int32(); word != 0; word = int32()) {
      block(word, flags, start, blockBytesMax);
    }
    if (contentBytes >= 0 && contentBytes != size - start) {
      throw malformed("a frame is not as long as it says");
    }
    if ((flags & CONTENT_CHECKSUM) != 0 && int32() != Xxh32.hash(out, start, size - start)) {
      throw malformed("wrong checksum of a frame's content");
    }
  }

  /**
   * @param word the block's length, with the highest bit set where it is stored as it is
   */
  private void block(int word, int flags, int frameStart, int blockBytesMax) {
    int length = word & Integer.MAX_VALUE;
    if (length > blockBytesMax || length > end - at) {
      throw malformed("a block is longer than there is room");
    }
    int blockEnd = at + length;
    int blockStart = size;
    if (word < 0) {
      append(length);
    } else {
      sequences(blockEnd, (flags & INDEPENDENT) != 0 ? size : frameStart);
    }
    if (size - blockStart > blockBytesMax) {
      throw malformed("a block becomes longer than it may");
    }
    if ((flags & BLOCK_CHECKSUMS) != 0 && Xxh32.hash(in, blockEnd - length, length) != int32()) {
      throw malformed("wrong checksum of a block");
    }
  }

  /**
   * @param floor how far back matches may reach
   */
  private void sequences(int blockEnd, int floor) {
    while (true) {
      if (at == blockEnd) {
        throw malformed("a block ends with a match");
      }
      int token = int8();
      long literals = length(token >>> 4, blockEnd);
      if (literals > blockEnd - at) {
        throw malformed("literals beyond the end of a block");
      }
      append((int) literals);
      if (at == blockEnd) {
        return;
      }
      if (blockEnd - at < 2) {
        throw malformed("a block ends within a match");
      }
      int distance = int8() | int8() << 8;
      long match = length(token & 15, blockEnd) + MATCH_BYTES_MIN;
      if (distance == 0 || distance > size - floor) {
        throw malformed("a match begins before there is anything");
      }
      repeat(distance, match);
    }
  }

  private long length(int nibble, int blockEnd) {
    long length = nibble;
    int more = nibble == 15 ? 255 : 0;
    while (more == 255) {
      if (at == blockEnd) {
        throw malformed("a block ends within a length");
      }
      more = int8();
      length += more;
    }
    return length;
  }

  /** Takes bytes as they are. */
  private void append(int length) {
    grow(length);
    System.arraycopy(in, at, out, size, length);
    at += length;
    size += length;
  }

  /** Takes bytes that came before; they may overlap with what they become. */
  private void repeat(int distance, long length) {
    grow(length);
    int to = size + (int) length;
    if (distance >= length) {
      System.arraycopy(out, size - distance, out, size, (int) length);
    } else {
      for (int i = size; i < to; i++) {
        out[i] = out[i - distance];
      }
    }
    size = to;
  }

  private void grow(long more) {
    long needed = size + more;
    if (needed > limitBytes) {
      throw new BodyTooLargeException(limitBytes);
    }
    if (needed > out.length) {
      long length = Math.max(needed, Math.max(FIRST_BUFFER_BYTES, out.length * 2L));
      out = ContentCoding.resized(out, (int) Math.min(limitBytes, length), memory);
    }
  }

  private int int8() {
    return in[taken(1)] & 0xff;
  }

  private int int32() {
    return (int) INTS.get(in, taken(Integer.BYTES));
  }

  /** A size, of which those beyond 2<sup>63</sup> are as good as that. */
  private long int64() {
    long value = (long) LONGS.get(in, taken(Long.BYTES));
    return value < 0 ? Long.MAX_VALUE : value;
  }

  private int taken(int bytes) {
    int from = at;
    skip(bytes);
    return from;
  }

  private void skip(long bytes) {
    if (bytes > end - at) {
      throw malformed("it ends too early");
    }
    at += (int) bytes;
  }

  private WireFormatException malformed(String why) {
    return new WireFormatException("malformed lz4 body: " + why, at);
  }
}
