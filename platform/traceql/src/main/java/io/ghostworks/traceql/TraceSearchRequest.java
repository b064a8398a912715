package io.ghostworks.traceql;

import io.ghostworks.traceql.ast.TraceqlQuery;

/**
 * A search for traces.
 *
 * @param query parsed and valid; not a metrics query
 * @param startNanos traces that end before it are not found
 * @param endNanos traces that start after it are not found
 * @param limit at most so many traces, at least 1
 * @param spansPerSpanset at most so many spans are listed of each spanset, at least 1
 * @param order which traces come first, and are given where there are more than the limit
 */
public record TraceSearchRequest(
    TraceqlQuery query,
    long startNanos,
    long endNanos,
    int limit,
    int spansPerSpanset,
    Order order) {

  /** What Tempo takes where a request names no number of spans. */
  public static final int DEFAULT_SPANS_PER_SPANSET = 3;

  public TraceSearchRequest {
    if (limit < 1 || spansPerSpanset < 1) {
      throw new IllegalArgumentException(
          "a search gives at least 1 trace with 1 span, asked for %d with %d"
              .formatted(limit, spansPerSpanset));
    }
  }

  /** By what traces are ordered; those that are equal in it by id. */
  public enum Order {
    /** The latest start first. */
    NEWEST_FIRST,
    /** The longest first. */
    LONGEST_FIRST
  }
}
