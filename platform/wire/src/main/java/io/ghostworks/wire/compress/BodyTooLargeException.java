package io.ghostworks.wire.compress;

/** A body is, or would become, larger than its limit. */
public final class BodyTooLargeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long limitBytes;

  public BodyTooLargeException(long limitBytes) {
    super("the body exceeds the limit of %d bytes".formatted(limitBytes));
    this.limitBytes = limitBytes;
  }

  public long limitBytes() {
    return limitBytes;
  }
}
