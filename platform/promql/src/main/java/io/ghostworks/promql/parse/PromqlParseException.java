package io.ghostworks.promql.parse;

import java.util.List;

/** A text is no query. The message is Prometheus's, of the first error. */
public final class PromqlParseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<ParseError> errors;

  PromqlParseException(String query, List<ParseError> errors) {
    super(errors.getFirst().in(query));
    this.errors = List.copyOf(errors);
  }

  /** All errors that were found, at least one, in the order of their finding. */
  public List<ParseError> errors() {
    return errors;
  }
}
