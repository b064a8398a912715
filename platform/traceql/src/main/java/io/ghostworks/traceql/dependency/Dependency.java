package io.ghostworks.traceql.dependency;

/**
 * That one service calls another.
 *
 * @param caller the name of a service, or of a virtual node
 * @param callee the name of a service, database, destination of messages, or virtual node
 * @param calls how many, each weighed by the adjusted count of its spans; above 0
 * @param errors how many of them failed on either side, weighed likewise
 */
public record Dependency(
    String caller, String callee, ConnectionType type, double calls, double errors) {

  /** The calls as a whole number, at least 1. */
  public long callCount() {
    return Math.max(1, Math.round(calls));
  }

  /** The failed calls as a whole number. */
  public long errorCount() {
    return Math.round(errors);
  }
}
