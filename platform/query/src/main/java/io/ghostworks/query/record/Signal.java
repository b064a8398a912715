package io.ghostworks.query.record;

/** The kinds of records. */
public enum Signal {
  LOGS,
  SPANS
}
