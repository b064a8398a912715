package io.ghostworks.query;

/** A query from its start to its end, as the list of running queries shows it. Thread-safe. */
public final class RunningQuery {
  private final long id;
  private final AskedQuery asked;
  private final long startedEpochMs;
  private final QueryContext context;
  private volatile State state;

  /** Where a query is. */
  public enum State {
    WAITING("waiting"),
    RUNNING("running"),
    /** Stopped by somebody and about to end. */
    CANCELED("canceled");

    private final String word;

    State(String word) {
      this.word = word;
    }

    /** The word of the list. */
    public String word() {
      return word;
    }
  }

  RunningQuery(long id, AskedQuery asked, long startedEpochMs, QueryContext context, State state) {
    this.id = id;
    this.asked = asked;
    this.startedEpochMs = startedEpochMs;
    this.context = context;
    this.state = state;
  }

  /** Unique as long as the process lives. */
  public long id() {
    return id;
  }

  public AskedQuery asked() {
    return asked;
  }

  public long startedEpochMs() {
    return startedEpochMs;
  }

  /** What it has read and holds. */
  public QueryContext context() {
    return context;
  }

  public State state() {
    return context.isCanceled() ? State.CANCELED : state;
  }

  void setState(State newState) {
    state = newState;
  }
}
