package io.ghostworks.traceql.dependency;

import io.ghostworks.query.QueryContext;

/** Answers which service calls which. Thread-safe. */
@FunctionalInterface
public interface Dependencies {

  /** The name of the caller of a request that nobody is known to have sent. */
  String USER = "user";

  /**
   * The calls of the context's tenant in a range; adjacent ranges add up.
   *
   * @param startNanos since the epoch, inclusive
   * @param endNanos exclusive
   */
  DependencyGraph between(long startNanos, long endNanos, QueryContext context);
}
