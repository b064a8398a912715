package io.ghostworks.rules;

/**
 * Why the alerts of a tenant keep their states for now.
 *
 * @param description what happened, as a part of a sentence
 */
public record Hold(Reason reason, String description) {

  /** What keeps data from being whole. */
  public enum Reason {
    /** The journal is being replayed: nothing can be read. */
    REPLAY("replay"),
    /** The disk is low: the telemetry of all tenants is refused. */
    LOW_DISK("low_disk"),
    /** Samples of the tenant were refused for overload. */
    REFUSED("refused"),
    /** A write to the journal failed, and samples of the tenant with it. */
    WRITE_FAILED("write_failed"),
    /** Acknowledged samples cannot be read, or the engine could not take them. */
    LOST("lost");

    private final String word;

    Reason(String word) {
      this.word = word;
    }

    /** The value of the label {@code reason}. */
    public String word() {
      return word;
    }

    /** Whether what is stored can be queried meanwhile. */
    boolean isReadable() {
      return this != REPLAY;
    }
  }
}
