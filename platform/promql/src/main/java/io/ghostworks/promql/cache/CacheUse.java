package io.ghostworks.promql.cache;

/**
 * What the cache did for a query.
 *
 * @param steps how many steps came out of the cache
 * @param detail why the cache was passed by, in words for people; "" otherwise
 */
public record CacheUse(Outcome outcome, long steps, String detail) {

  /** The kinds of use. */
  public enum Outcome {
    /** All steps were kept. */
    HIT,
    /** Some were, the others were evaluated. */
    PARTIAL,
    /** None was; what was evaluated is kept where it can be. */
    MISS,
    /** The query was evaluated as if there were no cache. */
    BYPASS
  }

  static CacheUse bypass(String detail) {
    return new CacheUse(Outcome.BYPASS, 0, detail);
  }
}
