package io.ghostworks.traceql.parse;

/** A query is well formed, but its types do not fit, or something in it is not supported. */
public final class TraceqlValidationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean unsupported;

  private TraceqlValidationException(String message, boolean unsupported) {
    super(message);
    this.unsupported = unsupported;
  }

  static TraceqlValidationException wrong(String message) {
    return new TraceqlValidationException(message, false);
  }

  static TraceqlValidationException unsupported(String feature) {
    return new TraceqlValidationException(feature + " not yet supported", true);
  }

  /** Whether the language has it, but no engine answers it so far. */
  public boolean isUnsupported() {
    return unsupported;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
