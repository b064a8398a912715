package io.ghostworks.query;

/** Looks on while queries begin and end. Called on the threads of the queries; must be quick. */
public interface QueryWatch {

  /** Watches nothing. */
  QueryWatch NONE =
      new QueryWatch() {
        @Override
        public void begins(RunningQuery query) {}

        @Override
        public void ends(RunningQuery query) {}
      };

  /**
   * A query is about to be evaluated: it has its slot.
   *
   * @throws QueryException if it may not; then {@link #ends} is not called
   */
  void begins(RunningQuery query);

  /** A query that began has ended, however. */
  void ends(RunningQuery query);

  /** Both, this one first; the other one sees only what this one lets begin. */
  default QueryWatch and(QueryWatch other) {
    QueryWatch first = this;
    return new QueryWatch() {
      @Override
      public void begins(RunningQuery query) {
        first.begins(query);
        try {
          other.begins(query);
        } catch (RuntimeException | Error e) {
          first.ends(query);
          throw e;
        }
      }

      @Override
      public void ends(RunningQuery query) {
        try {
          other.ends(query);
        } finally {
          first.ends(query);
        }
      }
    };
  }
}
