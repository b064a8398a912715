package io.ghostworks.logql.eval;

import io.ghostworks.model.label.Labels;
import io.ghostworks.query.QueryException;

/**
 * Errors of a pipeline in a metric query. Source of behaviour and words: Loki, {@code
 * pkg/logqlmodel/error.go}.
 */
final class SeriesErrors {
  /** The label that a failed stage sets. */
  static final String ERROR = "__error__";

  /** The label that says that the query asks for errors. */
  static final String PRESERVE = "__preserve_error__";

  private SeriesErrors() {}

  /**
   * Refuses a series with an error.
   *
   * @throws QueryException of kind BAD_QUERY
   */
  static void check(Labels labels) {
    String error = labels.find(ERROR);
    if (error != null && !labels.get(PRESERVE).equals("true")) {
      throw new QueryException(
          QueryException.Kind.BAD_QUERY,
          """
          pipeline error: '%s' for series: '%s'.
          Use a label filter to intentionally skip this error. (e.g | __error__!="%s").
          To skip all potential errors you can match empty errors.(e.g __error__="")
          The label filter can also be specified after unwrap. (e.g | unwrap latency | __error__="" )
          """
              .formatted(error, labels, error));
    }
  }
}
