package io.ghostworks.storage.bytes;

import java.io.Serial;

/** More bytes were put into a {@link BytesOutput} than its limit allows. */
public final class BytesLimitException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final int limitBytes;

  public BytesLimitException(int limitBytes, long wantedBytes) {
    super("at most %d bytes may be written here, got %d".formatted(limitBytes, wantedBytes));
    this.limitBytes = limitBytes;
  }

  /** The limit that was passed. */
  public int limitBytes() {
    return limitBytes;
  }
}
