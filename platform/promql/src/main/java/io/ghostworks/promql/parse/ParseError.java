package io.ghostworks.promql.parse;

import io.ghostworks.promql.ast.PositionRange;

/** One thing that is wrong with a query. */
public record ParseError(PositionRange position, String message) {

  /** As Prometheus writes it: {@code 1:5: parse error: ...}. */
  public String in(String query) {
    return position.startIn(query) + ": parse error: " + message;
  }
}
