package io.ghostworks.dashboards.document;

/** A text is no dashboard; the message says why. */
public final class DocumentException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;

  public DocumentException(String message) {
    this(message, 0);
  }

  DocumentException(String message, int line) {
    super(message);
    this.line = line;
  }

  /** Where the mistake is, from 1; 0 if it is nowhere in particular. */
  public int line() {
    return line;
  }
}
