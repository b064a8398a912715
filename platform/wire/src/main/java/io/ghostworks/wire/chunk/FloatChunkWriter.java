package io.ghostworks.wire.chunk;

/**
 * Writes float samples as chunks of the encoding XOR.
 *
 * <pre>
 * chunk := count:u16 t0:varint v0:f64 [delta1:uvarint v1:xor] (dod:varbitTs v:xor)*   // big-endian
 * </pre>
 *
 * <p>Source: prometheus tsdb/docs/format/chunks.md, "XOR chunk data".
 */
public final class FloatChunkWriter {
  private final BitOutput out = new BitOutput();
  private final XorBits values = new XorBits();
  private int count;
  private long lastMs;
  private long lastDelta;

  /** Begins a chunk. */
  public void start() {
    out.clear();
    out.bits(0, 16);
    count = 0;
    lastDelta = 0;
  }

  /** The number of samples in the chunk. */
  public int count() {
    return count;
  }

  /** Adds a sample that is later than the one before; at most 65,535. */
  public void add(long timestampMs, long valueBits) {
    long delta = timestampMs - lastMs;
    if (count == 0) {
      out.varint(timestampMs);
      out.bits(valueBits, 64);
      values.start(valueBits);
    } else if (count == 1) {
      out.uvarint(delta);
      values.write(out, valueBits);
      lastDelta = delta;
    } else {
      deltaOfDelta(delta - lastDelta);
      values.write(out, valueBits);
      lastDelta = delta;
    }
    lastMs = timestampMs;
    count++;
  }

  private void deltaOfDelta(long value) {
    if (value == 0) {
      out.bit(false);
    } else if (Varbit.fits(value, 14)) {
      out.bits(0b10, 2);
      out.bits(value, 14);
    } else if (Varbit.fits(value, 17)) {
      out.bits(0b110, 3);
      out.bits(value, 17);
    } else if (Varbit.fits(value, 20)) {
      out.bits(0b1110, 4);
      out.bits(value, 20);
    } else {
      out.bits(0b1111, 4);
      out.bits(value, 64);
    }
  }

  /** The chunk's bytes. */
  public byte[] toByteArray() {
    out.setOctet(0, count >>> 8);
    out.setOctet(1, count);
    return out.toByteArray();
  }
}
