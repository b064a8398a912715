package io.ghostworks.records;

/** A delete, or its cancellation, that cannot be done as it was asked for: the caller's mistake. */
public final class RefusedDeleteException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean unknown;

  RefusedDeleteException(String message, boolean unknown) {
    super(message);
    this.unknown = unknown;
  }

  /** Whether there is no delete of this name. */
  public boolean isUnknown() {
    return unknown;
  }
}
