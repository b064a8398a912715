package io.ghostworks.wire;

/** Bytes from outside that are not what their protocol prescribes, or exceed a limit of ours. */
public final class WireFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The offset of a failure that has no place. */
  public static final long NOWHERE = -1;

  private final long offset;

  /**
   * @param offset the byte of the body at which reading failed, or {@link #NOWHERE}
   */
  public WireFormatException(String message, long offset) {
    super(offset < 0 ? message : message + " (byte " + offset + ")");
    this.offset = offset;
  }

  public WireFormatException(String message, Throwable cause) {
    super(message, cause);
    this.offset = NOWHERE;
  }

  /** The byte of the body at which reading failed, from 0, or {@link #NOWHERE}. */
  public long offset() {
    return offset;
  }
}
