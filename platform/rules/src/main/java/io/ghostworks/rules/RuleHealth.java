package io.ghostworks.rules;

/** How a rule's last evaluation went. Thread-safe. */
final class RuleHealth {

  /** A consistent picture. */
  record Snapshot(String health, String lastError, double seconds, long lastEvaluationNanos) {
    boolean isHeld() {
      return lastError.startsWith(HELD);
    }
  }

  private static final String HELD = "held: ";

  private volatile Snapshot snapshot = new Snapshot("unknown", "", 0, 0);

  Snapshot snapshot() {
    return snapshot;
  }

  void ok(double seconds, long atNanos) {
    snapshot = new Snapshot("ok", "", seconds, atNanos);
  }

  /** The evaluation succeeded, and there is something to say about it. */
  void remarked(String remark, double seconds, long atNanos) {
    snapshot = new Snapshot("ok", remark, seconds, atNanos);
  }

  void failed(String error, double seconds, long atNanos) {
    snapshot = new Snapshot("err", error, seconds, atNanos);
  }

  /** Keeps the health and says why the rule was not evaluated. */
  void held(String reason) {
    Snapshot before = snapshot;
    snapshot =
        new Snapshot(before.health, HELD + reason, before.seconds, before.lastEvaluationNanos);
  }
}
