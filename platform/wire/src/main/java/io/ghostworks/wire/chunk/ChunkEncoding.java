package io.ghostworks.wire.chunk;

import java.util.Optional;

/** How a chunk's samples are written; the numbers are those of files and messages. */
public enum ChunkEncoding {
  XOR(1),
  HISTOGRAM(2),
  FLOAT_HISTOGRAM(3),
  /** Floats with start timestamps. */
  XOR2(4),
  HISTOGRAM_ST(5),
  FLOAT_HISTOGRAM_ST(6);

  private final int number;

  ChunkEncoding(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  public static Optional<ChunkEncoding> find(int number) {
    return number < 1 || number > values().length
        ? Optional.empty()
        : Optional.of(values()[number - 1]);
  }
}
