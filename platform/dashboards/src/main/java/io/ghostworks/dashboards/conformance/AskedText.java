package io.ghostworks.dashboards.conformance;

/**
 * An expression that a dashboard asks.
 *
 * @param place where it stands, as {@code panel 'CPU' A}
 * @param language in which it is written
 * @param text with variables in it
 */
record AskedText(String place, Language language, String text) {

  /** What reads an expression. */
  enum Language {
    PROMQL,
    LOGQL,
    TRACEQL
  }
}
