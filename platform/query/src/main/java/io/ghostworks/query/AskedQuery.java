package io.ghostworks.query;

import io.ghostworks.model.TenantId;

/**
 * What was asked, as its sender would recognise it.
 *
 * @param language {@code promql}, {@code logql}, {@code tags}, or what a look-up is called
 * @param text the query as it came; of a look-up its parameters
 * @param source who asked: the user agent of a client, the group and name of a rule; may be empty
 */
public record AskedQuery(TenantId tenant, Kind kind, String language, String text, String source) {

  /** How a query is let in. */
  public enum Kind {
    /**
     * Computes something: at most so many run at once, and it is remembered if the process dies.
     */
    EVALUATION,
    /** Reads what there is, such as the values of a label. */
    LOOKUP,
    /** An evaluation of a rule, which has a place of its own and waits for no user's query. */
    RULE;

    /** Whether an unclean stop remembers it. */
    public boolean isEvaluation() {
      return this != LOOKUP;
    }
  }
}
