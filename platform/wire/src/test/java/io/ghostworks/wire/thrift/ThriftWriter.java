package io.ghostworks.wire.thrift;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/** Writes either of Thrift's protocols, for tests; straightforward, and apart from the readers. */
public final class ThriftWriter {
  private static final int[] COMPACT_TYPES = {0, 0, 1, 3, 7, 0, 4, 0, 5, 0, 6, 8, 12, 11, 10, 9};

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final boolean compact;
  private final Deque<Integer> lastIds = new ArrayDeque<>();

  public ThriftWriter(boolean compact) {
    this.compact = compact;
  }

  public byte[] bytes() {
    return out.toByteArray();
  }

  public ThriftWriter message(String name) {
    if (compact) {
      out.write(0x82);
      out.write(1 | 4 << 5);
      varint(7);
    } else {
      fixed(0x80010004, 4);
    }
    text(name);
    if (!compact) {
      fixed(7, 4);
    }
    return this;
  }

  public ThriftWriter begin() {
    lastIds.push(0);
    return this;
  }

  public ThriftWriter end() {
    out.write(0);
    lastIds.pop();
    return this;
  }

  public ThriftWriter field(int id, int type) {
    if (compact) {
      head(id, COMPACT_TYPES[type]);
    } else {
      out.write(type);
      fixed(id, 2);
    }
    return this;
  }

  private void head(int id, int type) {
    int delta = id - lastIds.pop();
    lastIds.push(id);
    if (delta > 0 && delta < 16) {
      out.write(delta << 4 | type);
    } else {
      out.write(type);
      zigzag(id);
    }
  }

  public ThriftWriter i32(int id, int value) {
    field(id, ThriftReader.I32);
    if (compact) {
      zigzag(value);
    } else {
      fixed(value, 4);
    }
    return this;
  }

  public ThriftWriter i64(int id, long value) {
    field(id, ThriftReader.I64);
    if (compact) {
      zigzag(value);
    } else {
      fixed(value, 8);
    }
    return this;
  }

  public ThriftWriter i16(int id, int value) {
    field(id, ThriftReader.I16);
    if (compact) {
      zigzag(value);
    } else {
      fixed(value, 2);
    }
    return this;
  }

  public ThriftWriter bool(int id, boolean value) {
    if (compact) {
      head(id, value ? 1 : 2);
    } else {
      field(id, ThriftReader.BOOL);
      out.write(value ? 1 : 0);
    }
    return this;
  }

  public ThriftWriter real(int id, double value) {
    field(id, ThriftReader.DOUBLE);
    ByteBuffer bytes = ByteBuffer.allocate(8);
    bytes.order(compact ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN).putDouble(value);
    out.writeBytes(bytes.array());
    return this;
  }

  public ThriftWriter text(int id, String value) {
    return binary(id, value.getBytes(StandardCharsets.UTF_8));
  }

  public ThriftWriter binary(int id, byte[] value) {
    field(id, ThriftReader.STRING);
    length(value.length);
    out.writeBytes(value);
    return this;
  }

  public ThriftWriter structs(int id, int size) {
    field(id, ThriftReader.LIST);
    return list(ThriftReader.STRUCT, size);
  }

  public ThriftWriter list(int type, int size) {
    if (!compact) {
      out.write(type);
      fixed(size, 4);
    } else if (size < 15) {
      out.write(size << 4 | COMPACT_TYPES[type]);
    } else {
      out.write(0xf0 | COMPACT_TYPES[type]);
      varint(size);
    }
    return this;
  }

  public ThriftWriter raw(int... bytes) {
    for (int b : bytes) {
      out.write(b);
    }
    return this;
  }

  private void text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    length(utf8.length);
    out.writeBytes(utf8);
  }

  private void length(int length) {
    if (compact) {
      varint(length);
    } else {
      fixed(length, 4);
    }
  }

  private void fixed(long value, int bytes) {
    for (int i = bytes - 1; i >= 0; i--) {
      out.write((int) (value >>> (8 * i)));
    }
  }

  private void zigzag(long value) {
    varint(value << 1 ^ value >> 63);
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
