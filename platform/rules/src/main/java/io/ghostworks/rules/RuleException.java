package io.ghostworks.rules;

/** The result of a rule cannot be used; the message is in Prometheus's words. */
final class RuleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RuleException(String message) {
    super(message);
  }
}
