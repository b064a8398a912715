package io.ghostworks.promql.eval;

import java.util.List;

/** What an expression gives on a grid. */
sealed interface Value {

  /** Series, in the order in which an instant query answers them. */
  record Vector(List<Series> series) implements Value {}

  /** A number for each step. */
  record Scalar(double[] values) implements Value {}

  /** A text. */
  record Text(String value) implements Value {}
}
