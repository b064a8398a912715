package io.ghostworks.query.record;

/** The kinds of records. */
public enum Signal {
  LOGS("logs"),
  SPANS("traces");

  private final String label;

  Signal(String label) {
    this.label = label;
  }

  /** Its name in metrics, settings and answers. */
  public String label() {
    return label;
  }
}
