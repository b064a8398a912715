package io.ghostworks.logql.syntax;

import org.jspecify.annotations.Nullable;

/**
 * The records behind each step of a metric query.
 *
 * @param intervalNanos length of the window
 * @param offsetNanos how far it is moved back; negative: forward
 * @param unwrap where the values come from, null where records are counted
 */
public record LogRange(
    LogExpr left, long intervalNanos, long offsetNanos, @Nullable Unwrap unwrap) {
  @Override
  public String toString() {
    return Printer.print(this);
  }
}
