package io.ghostworks.query;

/** A query could not be answered for a reason that its sender should read. */
public final class QueryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  public QueryException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public QueryException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /** Whose fault it is, as the APIs distinguish it. */
  public enum Kind {
    /** The query itself is wrong: it does not parse, or its types do not fit. */
    BAD_QUERY,
    /** It cannot be evaluated over the data there is, for example a many-to-many match. */
    EXECUTION,
    /** The deadline passed. */
    TIMEOUT,
    /** Somebody cancelled it, or the client went away. */
    CANCELED,
    /** It needs more memory, samples or rows than one query may use. */
    LIMIT
  }
}
