package io.ghostworks.promql.cache;

/**
 * A query at {@code startMs}, {@code startMs + stepMs} and so on up to {@code endMs}.
 *
 * @param text as it was asked
 * @param stepMs at least 1
 */
public record RangeQuery(String text, long startMs, long endMs, long stepMs) {

  /** How many steps it has; 0 where it ends before it starts. */
  public long steps() {
    return endMs < startMs ? 0 : (endMs - startMs) / stepMs + 1;
  }

  /** The last step. */
  long lastMs() {
    return startMs + (steps() - 1) * stepMs;
  }
}
