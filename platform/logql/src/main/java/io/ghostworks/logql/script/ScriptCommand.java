package io.ghostworks.logql.script;

import io.ghostworks.model.label.Labels;
import java.util.List;

/** A command of a script. Times are nanoseconds from the script's epoch. */
sealed interface ScriptCommand {

  /** Forgets all streams. */
  record Clear() implements ScriptCommand {}

  /** Adds entries to streams. */
  record Load(int line, List<ScriptEntry> entries) implements ScriptCommand {
    public Load {
      entries = List.copyOf(entries);
    }
  }

  /** One entry of a stream. */
  record ScriptEntry(Labels stream, long timeNanos, String line, Labels metadata) {}

  /**
   * Evaluates a query.
   *
   * @param stepNanos 0 for an instant query, which has equal start and end
   */
  record Eval(
      int line, String query, long startNanos, long endNanos, long stepNanos, Expected expected)
      implements ScriptCommand {
    boolean isInstant() {
      return stepNanos == 0;
    }
  }

  /**
   * Evaluates a log query: what this runner knows beyond Loki's.
   *
   * @param limit how many lines at most
   */
  record EvalLines(
      int line,
      String query,
      long startNanos,
      long endNanos,
      int limit,
      boolean forward,
      Expected expected)
      implements ScriptCommand {}

  /** A command that cannot be read; it fails. */
  record Unreadable(int line, String reason) implements ScriptCommand {}
}
